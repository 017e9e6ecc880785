import { BusinessError } from '../errors.ts';
import { kindNames } from './kinds.ts';
import type { ProductKind } from './kinds.ts';
import type { AttributeDefinition, AttributeValue, Bilingual } from './attributes.ts';
import { cheapestPlan, comparePrices } from './offer.ts';
import type { Offer, OfferPlan } from './offer.ts';
import { attributeSchemas } from './schemas/schemas.ts';

/** Chosen filters: per attribute the accepted values, or a range `{min, max}` of a number. */
export type Filters = Readonly<
  Record<string, readonly string[] | { min: number | null; max: number | null }>
>;

/** One block of the filter: its values with the number of products each would leave. */
export interface Facet {
  readonly key: string;
  readonly name: Bilingual;
  readonly unit: Bilingual | null;
  readonly values: {
    readonly value: string;
    readonly name: Bilingual;
    readonly count: number;
    readonly isChosen: boolean;
  }[];
  /** Smallest and largest value of a number over all products; null where it is not a number. */
  readonly range: { readonly min: number; readonly max: number } | null;
}

type Filterable = Pick<AttributeDefinition, 'key' | 'name' | 'type' | 'options' | 'unit'> & {
  readonly valueOf: (offer: Offer, plan: OfferPlan) => AttributeValue | undefined;
  readonly nameOf?: (offer: Offer) => Bilingual;
};

const billingNames: Readonly<Record<string, Bilingual>> = {
  subscription: { zh: '包年包月', en: 'Subscription' },
  pack: { zh: '资源包', en: 'Prepaid pack' },
  'one-off': { zh: '一次性', en: 'One-off' },
};

/** Filters every kind has besides its attributes. The price is filtered in 元 per unit, as people type it. */
const general: readonly Filterable[] = [
  {
    key: 'provider',
    name: { zh: '供应方', en: 'Provider' },
    type: 'choice',
    valueOf: (offer) => offer.provider.en,
    nameOf: (offer) => offer.provider,
  },
  {
    key: 'billing',
    name: { zh: '计费方式', en: 'Billing' },
    type: 'choice',
    options: billingNames,
    valueOf: (_, plan) => plan.billing,
  },
  {
    key: 'inStock',
    name: { zh: '有货', en: 'In stock' },
    type: 'boolean',
    valueOf: (_, plan) => plan.stock !== 'none',
  },
  {
    key: 'price',
    name: { zh: '单价', en: 'Unit price' },
    unit: { zh: '元', en: 'CNY' },
    type: 'number',
    valueOf: (_, plan) => Number(plan.unitPrice) / 100,
  },
];

const kindFilter: Filterable = {
  key: 'kind',
  name: { zh: '产品类别', en: 'Category' },
  type: 'choice',
  options: kindNames,
  valueOf: (offer) => offer.kind,
};

function filterables(kind: ProductKind | null): readonly Filterable[] {
  const schema = kind === null ? [] : attributeSchemas[kind].filter((definition) => definition.filterable);
  return [
    ...(kind === null ? [kindFilter] : []),
    ...general,
    ...schema.map((definition): Filterable => {
      const { key, level } = definition;
      return {
        ...definition,
        valueOf: (offer, plan) => (level === 'plan' ? plan.specification : offer.attributes)[key],
      };
    }),
  ];
}

/**
 * Reads filters as a URL carries them: `key:value`, repeated for alternatives, `key:4..16`, `key:4..` for numbers.
 * @throws BusinessError FILTER_NOT_VALID
 */
export function parseFilters(kind: ProductKind | null, texts: readonly string[]): Filters {
  const known = new Map(filterables(kind).map((filterable) => [filterable.key, filterable]));
  const filters: Record<string, string[] | { min: number | null; max: number | null }> = {};
  for (const text of texts) {
    const [, key = '', value = ''] = /^([a-zA-Z]+):(.{1,80})$/u.exec(text) ?? [];
    const filterable = known.get(key);
    const range = /^(\d{1,12}(?:\.\d{1,4})?)?\.\.(\d{1,12}(?:\.\d{1,4})?)?$/.exec(value);
    if (!filterable || (range && filterable.type !== 'number')) {
      throw new BusinessError('FILTER_NOT_VALID', { filter: text.slice(0, 100) });
    }
    const bound = (digits: string | undefined): number | null =>
      digits === undefined ? null : Number(digits);
    const existing = filters[key];
    filters[key] = range
      ? { min: bound(range[1]), max: bound(range[2]) }
      : [...(Array.isArray(existing) ? existing : []), value];
  }
  return filters;
}

function accepts(filterable: Filterable, filters: Filters, offer: Offer, plan: OfferPlan): boolean {
  const filter = filters[filterable.key];
  if (filter === undefined) return true;
  const value = filterable.valueOf(offer, plan);
  if (!('min' in filter)) return filter.includes(String(value));
  return typeof value === 'number' && value >= (filter.min ?? value) && value <= (filter.max ?? value);
}

/** Offers with the plans that pass every filter; offers without such a plan are left out. */
export function filterOffers(kind: ProductKind | null, offers: readonly Offer[], filters: Filters): Offer[] {
  const all = filterables(kind);
  return offers.flatMap((offer) => {
    const plans = offer.plans.filter((plan) =>
      all.every((filterable) => accepts(filterable, filters, offer, plan)),
    );
    return plans.length > 0 ? [{ ...offer, plans }] : [];
  });
}

/**
 * The filter as drawn: a value's count says how many products choosing it would leave, the other filters staying.
 * Attributes that nothing on sale has are left out.
 */
export function facetsOf(kind: ProductKind | null, offers: readonly Offer[], filters: Filters): Facet[] {
  const all = filterables(kind);
  return all.flatMap((filterable) => {
    const { [filterable.key]: chosen, ...others } = filters;
    const counts = new Map<string, Set<string>>();
    const names = new Map<string, Bilingual>();
    const numbers: number[] = [];
    for (const offer of offers) {
      for (const plan of offer.plans) {
        const value = filterable.valueOf(offer, plan);
        if (value === undefined || typeof value === 'object') continue;
        if (typeof value === 'number') numbers.push(value);
        const text = String(value);
        names.set(text, filterable.nameOf?.(offer) ?? nameOfValue(filterable, text));
        const products = counts.get(text) ?? new Set();
        counts.set(text, products);
        if (all.every((other) => accepts(other, others, offer, plan))) products.add(offer.id);
      }
    }
    if (counts.size === 0) return [];
    const values = [...counts].map(([value, products]) => ({
      value,
      name: names.get(value)!,
      count: products.size,
      isChosen: Array.isArray(chosen) && chosen.includes(value),
    }));
    return [
      {
        key: filterable.key,
        name: filterable.name,
        unit: filterable.unit ?? null,
        values: values.sort(byOptionThenValue(filterable)),
        range: numbers.length > 0 ? { min: Math.min(...numbers), max: Math.max(...numbers) } : null,
      },
    ];
  });
}

function nameOfValue({ type, options }: Filterable, value: string): Bilingual {
  if (type === 'boolean') return value === 'true' ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' };
  return options?.[value] ?? { zh: value, en: value };
}

function byOptionThenValue({ options, type }: Filterable) {
  const order = Object.keys(options ?? {});
  return (a: { value: string }, b: { value: string }): number =>
    type === 'number'
      ? Number(a.value) - Number(b.value)
      : order.indexOf(a.value) - order.indexOf(b.value) || a.value.localeCompare(b.value, 'en');
}

/**
 * Orders offers by `newest`, `price:asc`, `price:desc` or a number attribute of the kind, `KEY:asc|desc` (its best plan
 * counts; offers without the value come last). Equal offers keep the order of their ids.
 * @throws BusinessError SORT_NOT_VALID
 */
export function sortOffers(kind: ProductKind | null, offers: readonly Offer[], sort: string): Offer[] {
  const byId = (a: Offer, b: Offer): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  if (sort === 'newest') {
    return offers.toSorted((a, b) =>
      a.createdAt === b.createdAt ? byId(a, b) : a.createdAt > b.createdAt ? -1 : 1,
    );
  }
  const [, key = '', direction] = /^([a-zA-Z]+):(asc|desc)$/.exec(sort) ?? [];
  const sign = direction === 'asc' ? 1 : -1;
  if (key === 'price') {
    const price = (offer: Offer): string => cheapestPlan(offer.plans).unitPrice;
    return offers.toSorted((a, b) => sign * comparePrices(price(a), price(b)) || byId(a, b));
  }
  const attribute =
    kind === null ? undefined : attributeSchemas[kind].find((definition) => definition.key === key);
  if (attribute?.type !== 'number') throw new BusinessError('SORT_NOT_VALID', { sort: sort.slice(0, 60) });
  const best = (offer: Offer): number | null => {
    const values = offer.plans.map(
      (plan) => (attribute.level === 'plan' ? plan.specification : offer.attributes)[key],
    );
    const numbers = values.filter((value) => typeof value === 'number');
    return numbers.length === 0 ? null : direction === 'asc' ? Math.min(...numbers) : Math.max(...numbers);
  };
  return offers.toSorted((a, b) => {
    const [left, right] = [best(a), best(b)];
    if (left === null || right === null) return left === right ? byId(a, b) : left === null ? 1 : -1;
    return sign * (left - right) || byId(a, b);
  });
}
