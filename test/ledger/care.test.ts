import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Dependencies } from '../../activities/dependencies.ts';
import { createLedgerActivities } from '../../activities/ledger.ts';
import { aLedgerWorld, instant, type LedgerWorld } from '../support/ledger.ts';

let world: LedgerWorld;
beforeAll(async () => {
  world = await aLedgerWorld(['discount']);
});
afterAll(() => world.close());

test('vouchers are numbered once, and a planted violation parks its book alone', async () => {
  const { ledger, seller, sellers } = world;
  const activities = createLedgerActivities({ ledger } as Dependencies);
  const customer = randomUUID();
  const pay = (key: string) =>
    ledger.recharge({
      ...{ key, seller, customer, amount: 100n, at: instant },
      ...{ channel: 'alipay', tradeNo: key, rechargeNo: key },
    });
  await pay('first');
  expect(await activities.listBooks()).toEqual(sellers);
  expect(await activities.numberVouchers({ organisation: seller })).toBe(1);
  expect(await activities.numberVouchers({ organisation: seller })).toBe(0);
  expect(await activities.checkBooks()).toEqual([]);

  await world.query(
    `update ledger.balance set credit = credit + 1 where account_id =
       (select id from ledger.account where organisation_id = $1 and code = '2203.customer' and party_id = $2)`,
    [seller, customer],
  );
  const broken = await activities.checkBooks();
  expect(broken.map(({ check }) => check)).toContain('C2');
  expect(new Set(broken.map(({ organisation }) => organisation))).toEqual(new Set([seller]));
  expect(await activities.checkBooks()).toEqual(broken);
  await expect(pay('second')).rejects.toMatchObject({ code: 'BOOK_PARKED' });
  const states = await world.query('select organisation_id, state from ledger.book order by number');
  expect(states).toEqual([
    { organisation_id: sellers[0], state: 'active' },
    { organisation_id: seller, state: 'parked' },
  ]);
});
