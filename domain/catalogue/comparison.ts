import { BusinessError } from '../errors.ts';
import type { AttributeDefinition, AttributeGroup, AttributeValue, Bilingual } from './attributes.ts';
import type { ProductKind } from './kinds.ts';
import { comparePrices } from './offer.ts';
import type { Offer, OfferPlan } from './offer.ts';
import { attributeSchemas } from './schemas/schemas.ts';

/** At most so many products stand side by side. */
export const maximumCompared = 4;

/** One row: a value per column (null where the product has none), which of them are best, and whether they differ. */
export interface ComparisonRow {
  readonly key: string;
  readonly group: AttributeGroup;
  readonly name: Bilingual;
  readonly unit: Bilingual | null;
  readonly values: (AttributeValue | null)[];
  /** Columns with the best value; empty where neither end is better or all are alike. */
  readonly best: number[];
  readonly isDifferent: boolean;
}

type Column = { readonly offer: Offer; readonly plan: OfferPlan };

const groupOrder: readonly AttributeGroup[] = ['function', 'performance', 'price', 'location'];

/**
 * Compares one plan each of up to four products of one kind, in rows by group.
 * @param onlyDifferences leaves out rows in which all columns are alike
 * @throws BusinessError COMPARISON_NOT_VALID for none, more than four, or several kinds
 */
export function compareOffers(columns: readonly Column[], onlyDifferences = false): ComparisonRow[] {
  const kinds = new Set(columns.map(({ offer }) => offer.kind));
  if (columns.length > maximumCompared || kinds.size !== 1) {
    throw new BusinessError('COMPARISON_NOT_VALID', { maximum: maximumCompared });
  }
  const [kind] = kinds;
  const rows = [...attributeRows(kind!, columns), ...priceRows(columns)];
  return rows
    .filter((row) => row.values.some((value) => value !== null))
    .filter((row) => !onlyDifferences || row.isDifferent)
    .toSorted((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group));
}

function attributeRows(kind: ProductKind, columns: readonly Column[]): ComparisonRow[] {
  return attributeSchemas[kind]
    .filter((definition) => definition.comparable)
    .map((definition) => {
      const values = columns.map(({ offer, plan }) => valueOf(definition, offer, plan));
      return rowOf(definition, values, bestNumbers(values, definition.better));
    });
}

function valueOf(
  { key, level, type, options }: AttributeDefinition,
  offer: Offer,
  plan: OfferPlan,
): AttributeValue | null {
  const value = (level === 'plan' ? plan.specification : offer.attributes)[key];
  if (type === 'choice' && typeof value === 'string') return options?.[value] ?? value;
  return value ?? null;
}

function rowOf(
  { key, group, name, unit }: Pick<AttributeDefinition, 'key' | 'group' | 'name' | 'unit'>,
  values: (AttributeValue | null)[],
  best: number[],
): ComparisonRow {
  const isDifferent = new Set(values.map((value) => JSON.stringify(value))).size > 1;
  return { key, group, name, unit: unit ?? null, values, best: isDifferent ? best : [], isDifferent };
}

function bestNumbers(
  values: readonly (AttributeValue | null)[],
  better: AttributeDefinition['better'],
): number[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (!better || numbers.length === 0) return [];
  const best = better === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
  return values.flatMap((value, column) => (value === best ? [column] : []));
}

/** Unit prices are marked only where they are of the same unit and billing: core-hours do not compare with months. */
function priceRows(columns: readonly Column[]): ComparisonRow[] {
  const plans = columns.map(({ plan }) => plan);
  const prices = plans.map(({ unitPrice }) => unitPrice);
  const cheapest = prices.reduce((best, price) => (comparePrices(price, best) < 0 ? price : best));
  const isComparable = new Set(plans.map((plan) => `${plan.billing} ${plan.quantity.unit}`)).size === 1;
  const best = prices.flatMap((price, column) =>
    isComparable && comparePrices(price, cheapest) === 0 ? [column] : [],
  );
  const row = (key: string, name: Bilingual, values: AttributeValue[], marked: number[] = []) =>
    rowOf({ key, group: 'price', name }, values, marked);
  return [
    row('unitPrice', { zh: '单价', en: 'Unit price' }, prices, best),
    row(
      'quantityUnit',
      { zh: '计价单位', en: 'Priced by' },
      plans.map((plan) => plan.quantity.unit),
    ),
    row(
      'billing',
      { zh: '计费方式', en: 'Billing' },
      plans.map((plan) => plan.billing),
    ),
    row(
      'stock',
      { zh: '库存', en: 'Stock' },
      plans.map((plan) => plan.stock),
    ),
  ];
}
