import type {
  AttributeDefinition,
  AttributeGroup,
  AttributeValue,
  AttributeValues,
  Bilingual,
} from './attributes.ts';
import type { ProductKind } from './kinds.ts';
import { attributeSchemas } from './schemas/schemas.ts';

/** One row of a specification table; choices are given by their names. */
export interface SpecificationRow {
  readonly key: string;
  readonly group: AttributeGroup;
  readonly name: Bilingual;
  readonly unit: Bilingual | null;
  readonly value: AttributeValue;
}

/** The rows of a product (level `product`) or of one of its plans, in the order of the schema; without empty ones. */
export function specificationOf(
  kind: ProductKind,
  level: AttributeDefinition['level'],
  values: AttributeValues,
): SpecificationRow[] {
  return attributeSchemas[kind]
    .filter((definition) => definition.level === level && definition.key in values)
    .map(({ key, group, name, unit, options }) => {
      const value = values[key]!;
      const shown = (typeof value === 'string' && options?.[value]) || value;
      return { key, group, name, unit: unit ?? null, value: shown };
    });
}
