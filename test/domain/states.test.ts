import { describe, expect, test } from '@jest/globals';
import { externalNameOf, makeNumber } from '../../domain/numbers.ts';
import { orderLineStates, orderStates, workOrderStates } from '../../domain/orders/states.ts';
import { rechargeStates } from '../../domain/payments/states.ts';
import { resourceStates } from '../../domain/resources/states.ts';
import { IllegalTransition, assertMove, mayMove, statesOf, type StateTable } from '../../domain/states.ts';

const tables: Record<string, StateTable<string>> = {
  order: orderStates,
  'order line': orderLineStates,
  'work order': workOrderStates,
  recharge: rechargeStates,
  resource: resourceStates,
};

describe.each(Object.entries(tables))('%s', (_, table) => {
  test('moves only to states that the table has', () => {
    for (const state of statesOf(table)) {
      for (const next of table[state]!) expect(statesOf(table)).toContain(next);
    }
  });

  test('every state but the first is reachable', () => {
    const [first, ...others] = statesOf(table);
    const reached = new Set([first!]);
    for (const state of reached) for (const next of table[state]!) reached.add(next);
    expect(others.filter((state) => !reached.has(state))).toEqual([]);
  });
});

test('an illegal move is an error that names it', () => {
  expect(mayMove(orderStates, 'paid', 'fulfilling')).toBe(true);
  expect(() => assertMove('order O1', orderStates, 'expired', 'paid')).toThrow(
    new IllegalTransition('order O1', 'expired', 'paid'),
  );
});

test('numbers carry letter, Shanghai date and eight characters, and name an order at a supplier', () => {
  const number = makeNumber('order', new Date('2026-11-24T16:00:00Z'), new Uint8Array(8).fill(255));
  expect(number).toBe('O20261125-ZZZZZZZZ');
  expect(externalNameOf(number, 3)).toBe('kb-o20261125-zzzzzzzz-3');
  expect(() => makeNumber('order', new Date(0), new Uint8Array(7))).toThrow(RangeError);
});
