import type { AttributeDefinition } from '../../../../domain/catalogue/attributes.ts';
import { attributeSchemas } from '../../../../domain/catalogue/schemas/schemas.ts';
import type { ProductKind } from '../../../../domain/catalogue/kinds.ts';
import { specificationOf } from '../../../../domain/catalogue/specification.ts';
import type { AttributeValue } from './attributes.ts';

export { specificationOf };

export type AttributeLevel = AttributeDefinition['level'];

/** The attributes that a form of a kind asks for, of its products or of its plans. */
export const attributesOf = (kind: ProductKind, level: AttributeLevel): readonly AttributeDefinition[] =>
  attributeSchemas[kind].filter((definition) => definition.level === level);

/** What stands in the fields of a form: texts, `KEY.zh` and `KEY.en` for what is written in both languages. */
export type AttributeDraft = Record<string, string>;

export function draftOf(values: Readonly<Record<string, AttributeValue>>): AttributeDraft {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, string][] =>
      typeof value === 'object'
        ? [
            [`${key}.zh`, value.zh],
            [`${key}.en`, value.en],
          ]
        : [[key, String(value)]],
    ),
  );
}

/** The values of a form; what was left empty is left out. */
export function valuesOf(
  definitions: readonly AttributeDefinition[],
  draft: AttributeDraft,
): Record<string, AttributeValue> {
  const given = definitions.map(({ key, type }): [string, AttributeValue | null] => {
    const text = (draft[key] ?? '').trim();
    if (type === 'text') {
      const both = { zh: (draft[`${key}.zh`] ?? '').trim(), en: (draft[`${key}.en`] ?? '').trim() };
      return [key, both.zh || both.en ? both : null];
    }
    if (text === '') return [key, null];
    if (type === 'number') return [key, Number(text)];
    return [key, type === 'boolean' ? text === 'true' : text];
  });
  return Object.fromEntries(given.filter((pair): pair is [string, AttributeValue] => pair[1] !== null));
}
