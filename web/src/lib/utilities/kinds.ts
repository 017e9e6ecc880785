import { kindNames, productKinds, type ProductKind } from '../../../../domain/catalogue/kinds.ts';
import { say } from './bilingual.ts';

export { productKinds };

/** The name of a kind in the language of the page. */
export function kindLabel(kind: string): string {
  return kind in kindNames ? say(kindNames[kind as ProductKind]) : kind;
}

/** Kinds with their names, for filters and forms. */
export const kindOptions = (): { value: string; label: string }[] =>
  productKinds.map((value) => ({ value, label: kindLabel(value) }));
