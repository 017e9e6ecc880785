import { attributeSchemas } from '../../../../domain/catalogue/schemas/schemas.ts';
import type { AttributeDefinition } from '../../../../domain/catalogue/attributes.ts';
import type { ProductKind } from '../../../../domain/catalogue/kinds.ts';

/** The numbers of a kind that a list may be sorted by: those people also filter by. */
export function sortableAttributes(kind: string | null): readonly AttributeDefinition[] {
  const schema = kind !== null && kind in attributeSchemas ? attributeSchemas[kind as ProductKind] : [];
  return schema.filter(
    ({ type, filterable, better }) => type === 'number' && filterable && better === 'higher',
  );
}
