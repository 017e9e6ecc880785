import { BusinessError } from '../errors.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export type AttributeGroup = 'function' | 'performance' | 'price' | 'location';

/**
 * One attribute of a kind of product. Filter, specification table and comparison are drawn from these; no screen knows
 * an attribute by name.
 */
export interface AttributeDefinition {
  readonly key: string;
  readonly group: AttributeGroup;
  /** Whether all plans of a product share the value, or each plan has its own. */
  readonly level: 'product' | 'plan';
  readonly name: Bilingual;
  readonly unit?: Bilingual;
  /** `label` is a proper name, the same in both languages; `text` is written in both and is not filtered by. */
  readonly type: 'number' | 'boolean' | 'choice' | 'label' | 'text';
  /** Values of a `choice`, in the order shown. */
  readonly options?: Readonly<Record<string, Bilingual>>;
  readonly filterable: boolean;
  readonly comparable: boolean;
  /** Which end is marked as best in a comparison; absent where neither is. */
  readonly better?: 'higher' | 'lower';
  /** Must be given before a product can be submitted for review. */
  readonly required: boolean;
}

export type AttributeValue = number | boolean | string | Bilingual;
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

const longestLabel = 80;
const longestText = 400;

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest && !/\p{Cc}/u.test(value);

const checks: Record<
  AttributeDefinition['type'],
  (value: unknown, definition: AttributeDefinition) => boolean
> = {
  number: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e12,
  boolean: (value) => typeof value === 'boolean',
  choice: (value, { options }) => typeof value === 'string' && Object.hasOwn(options ?? {}, value),
  label: (value) => isText(value, longestLabel),
  text: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    isText((value as Partial<Bilingual>).zh, longestText) &&
    isText((value as Partial<Bilingual>).en, longestText),
};

/**
 * Values of one level (a product's attributes or a plan's specification) checked against the schema of its kind.
 * @param complete also refuses missing required values: a draft may lack them, a submission may not
 * @throws BusinessError ATTRIBUTE_UNKNOWN, ATTRIBUTE_NOT_VALID, ATTRIBUTE_MISSING naming the attribute
 */
export function checkAttributes(
  schema: readonly AttributeDefinition[],
  level: AttributeDefinition['level'],
  values: Readonly<Record<string, unknown>>,
  complete = false,
): AttributeValues {
  const definitions = new Map(
    schema
      .filter((definition) => definition.level === level)
      .map((definition) => [definition.key, definition]),
  );
  for (const [key, value] of Object.entries(values)) {
    const definition = definitions.get(key);
    const field = { [key]: 'ATTRIBUTE_NOT_VALID' };
    if (!definition) throw new BusinessError('ATTRIBUTE_UNKNOWN', { key: key.slice(0, 60) }, field);
    if (!checks[definition.type](value, definition)) {
      throw new BusinessError('ATTRIBUTE_NOT_VALID', namesOf(definition), field);
    }
  }
  const missing = [...definitions.values()].find(({ key, required }) => required && !(key in values));
  if (complete && missing) {
    throw new BusinessError('ATTRIBUTE_MISSING', namesOf(missing), { [missing.key]: 'ATTRIBUTE_MISSING' });
  }
  return values as AttributeValues;
}

function namesOf({ name }: AttributeDefinition): Record<string, string> {
  return { zh: name.zh, en: name.en };
}
