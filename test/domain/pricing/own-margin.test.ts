import { expect, test } from '@jest/globals';
import { checkRetailPrice } from '../../../domain/pricing/own-margin.ts';
import type { RetailDraft } from '../../../domain/pricing/own-margin.ts';
import { fixed, rate } from './chains.ts';

const draft: RetailDraft = {
  listUnitPrice: '8',
  retail: rate('0.8'),
  floorRate: '0.8',
  bought: { mode: 'discount', price: rate('0.8') },
};

test('a price at cost and at the floor is allowed, to the tenth decimal', () => {
  expect(() => checkRetailPrice(draft)).not.toThrow();
  expect(() => checkRetailPrice({ ...draft, retail: fixed(7), floorRate: null })).not.toThrow();
});

test.each([
  [{ retail: rate('0.7999999999') }, 'NEGATIVE_MARGIN'],
  [{ retail: rate('0.1'), bought: { mode: 'discount', price: fixed(1) } }, 'NEGATIVE_MARGIN'],
  [{ floorRate: '0.8000000001' }, 'BELOW_FLOOR'],
  [{ bought: { mode: 'rebate', price: null } }, 'RETAIL_SET_BY_PRINCIPAL'],
] as [Partial<RetailDraft>, string][])('%j is refused', (change, code) => {
  expect(() => checkRetailPrice({ ...draft, ...change })).toThrow(code);
});
