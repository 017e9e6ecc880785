import type { Offer } from '../../domain/catalogue/offer.ts';

/**
 * A page of offers in the order they stand. The cursor is the last offer shown and its place: when that offer is gone,
 * the page goes on from the place.
 */
export function pageOfOffers(
  offers: readonly Offer[],
  cursor: string | undefined,
  limit: number,
): { items: readonly Offer[]; nextCursor: string | null } {
  const [, place = '0', code = ''] = /^(\d{1,6})~(.+)$/.exec(cursor ?? '') ?? [];
  const found = offers.findIndex((offer) => offer.code === code);
  const start = code === '' ? 0 : found >= 0 ? found + 1 : Number(place);
  const items = offers.slice(start, start + limit);
  const last = items.at(-1);
  const end = start + items.length;
  return { items, nextCursor: last && end < offers.length ? `${end}~${last.code}` : null };
}

/** Whether every word of a search stands somewhere in the offer's names, provider or attribute labels. */
export function matchesText(offer: Offer, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const { name, summary, provider, code, attributes, plans } = offer;
  const texts = [name, summary, provider].flatMap(({ zh, en }) => [zh, en]);
  const values = [attributes, ...plans.map((plan) => plan.specification)].flatMap((set) =>
    Object.values(set),
  );
  const labels = values.filter((value) => typeof value === 'string');
  const plansNamed = plans.flatMap((plan) => [plan.name.zh, plan.name.en]);
  const text = [...texts, code, ...labels, ...plansNamed].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
