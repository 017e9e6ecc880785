import type { Offer, OfferPlan } from '../../../domain/catalogue/offer.ts';

/** A cloud-host plan of 8 cores at ¥199 a month, unless told otherwise. */
export const aPlan = (change: Partial<OfferPlan> = {}): OfferPlan => ({
  id: 'plan',
  code: 'host-8',
  name: { zh: '8 核', en: '8 cores' },
  billing: 'subscription',
  specification: { cores: 8, memory: 16, systemDisk: 100 },
  choices: { image: ['ubuntu-24.04', 'rocky-9'] },
  months: [1, 3, 12],
  periodDiscounts: [],
  quantity: { unit: 'piece', min: '1', max: '1', step: '1' },
  maxPieces: 20,
  stock: 'plenty',
  listUnitPrice: '19900',
  price: { kind: 'rate', rate: '1' },
  unitPrice: '19900',
  ...change,
});

/** A cloud host in Beijing with one plan, unless told otherwise. */
export const anOffer = (id: string, change: Partial<Offer> = {}): Offer => ({
  id,
  code: `offer-${id}`,
  kind: 'cloud-host',
  name: { zh: `云主机 ${id}`, en: `Host ${id}` },
  summary: { zh: '', en: '' },
  provider: { zh: '北方云', en: 'North Cloud' },
  attributes: { region: 'beijing', deliveryMinutes: 5, architecture: 'x86', hasSnapshots: true },
  plans: [aPlan({ id: `${id}-plan` })],
  createdAt: '2026-11-01T00:00:00.000Z',
  ...change,
});
