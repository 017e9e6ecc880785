import { defineEntity, p } from '@mikro-orm/postgresql';
import type { AttributeValues } from '../../domain/catalogue/attributes.ts';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import type { ListingState } from '../../domain/catalogue/listing.ts';
import type { Billing } from '../../domain/catalogue/offer.ts';
import { partyFilter } from '../entity-filter.ts';

/** A product as its owner keeps it. What is on the shelf is public and read by the offers' queries, not through this. */
export const ProductEntity = defineEntity({
  name: 'Product',
  tableName: 'product',
  filters: partyFilter('organisationId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    organisationId: p.uuid(),
    code: p.text(),
    kind: p.text().$type<ProductKind>(),
    nameZh: p.text(),
    nameEn: p.text(),
    summaryZh: p.text(),
    summaryEn: p.text(),
    providerZh: p.text(),
    providerEn: p.text(),
    attributes: p.json<AttributeValues>(),
    state: p.text().$type<ListingState>(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A plan of a product: how it is billed, what it is, and in which quantities and periods it is sold. */
export const PlanEntity = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  filters: partyFilter('organisationId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    productId: p.uuid(),
    organisationId: p.uuid(),
    code: p.text(),
    nameZh: p.text(),
    nameEn: p.text(),
    billing: p.text().$type<Billing>(),
    specification: p.json<AttributeValues>(),
    choices: p.json<Readonly<Record<string, readonly string[]>>>(),
    months: p.array<number>(Number, String),
    quantityUnit: p.text(),
    quantityMin: p.decimal('string'),
    quantityMax: p.decimal('string'),
    quantityStep: p.decimal('string'),
    maxPieces: p.integer(),
    state: p.text().$type<'active' | 'retired'>(),
    position: p.integer(),
  },
});
