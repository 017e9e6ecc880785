import { defineEntity, p } from '@mikro-orm/postgresql';
import { partyFilter } from '../entity-filter.ts';

/** One line of somebody's cart: a plan, what is wanted of it, and the price last seen for all pieces (分). */
export const CartLineEntity = defineEntity({
  name: 'CartLine',
  tableName: 'cart_line',
  filters: partyFilter('organisationId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    organisationId: p.uuid(),
    userId: p.uuid(),
    productId: p.uuid(),
    planId: p.uuid(),
    configuration: p.json<Readonly<Record<string, unknown>>>(),
    quantity: p.decimal('string'),
    months: p.integer(),
    pieces: p.integer(),
    priceSeen: p.bigint('bigint'),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
