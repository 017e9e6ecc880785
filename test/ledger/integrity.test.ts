import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aLedgerWorld, instant, type LedgerWorld } from '../support/ledger.ts';

let world: LedgerWorld;
const customer = randomUUID();
const orderNo = `O-${customer}`;

beforeEach(async () => {
  world = await aLedgerWorld(['discount', 'rebate']);
  const { ledger, seller } = world;
  await ledger.recharge({
    key: 'r',
    seller,
    customer,
    amount: 300_000n,
    channel: 'alipay',
    tradeNo: '1',
    rechargeNo: 'R1',
    at: instant,
  });
  await ledger.placeHold({ key: 'h', seller, customer, orderNo, amount: 285_000n, at: instant });
  await ledger.sell(world.sale(customer, orderNo, 1));
});
afterEach(() => world.close());

const tables = [
  'event',
  'voucher',
  'balance',
  'movement',
  'lot',
  'hold',
  'hold_step',
  'settlement_item',
  'account',
];

/** One hash a table over all its rows. */
async function hashes(): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for (const table of tables) {
    const [row] = await world.query<{ hash: string | null }>(
      `select md5(string_agg(t::text, ';' order by t::text)) as hash from ledger.${table} t`,
    );
    found[table] = row!.hash;
  }
  return found;
}

/** Past every fence, as somebody with the disk in hand. */
async function tamper(statement: string): Promise<void> {
  await world.query(`set session_replication_role = replica; ${statement}; reset session_replication_role`);
}

test('3 a rejected event leaves every row as it was, byte for byte, but for its own outcome', async () => {
  const { ledger } = world;
  const before = await hashes();
  const sale = world.sale(customer, orderNo, 2, 200_000n);
  expect(await ledger.sell(sale)).toMatchObject({ outcome: 'rejected', reason: 'HOLD_EXHAUSTED' });
  const hold = {
    key: 'too much',
    seller: world.seller,
    customer,
    orderNo: 'O-2',
    amount: 999_999n,
    at: instant,
  };
  expect(await ledger.placeHold(hold)).toMatchObject({ outcome: 'rejected', missing: 999_999n - 15_000n });
  const after = await hashes();
  expect({ ...after, event: null }).toEqual({ ...before, event: null });
  const rows = await world.query(
    `select outcome, answer ->> 'reason' as reason from ledger.event where outcome = 'rejected' order by id`,
  );
  expect(rows).toEqual([
    { outcome: 'rejected', reason: 'HOLD_EXHAUSTED' },
    { outcome: 'rejected', reason: 'INSUFFICIENT_BALANCE' },
  ]);
});

test('4 a fault at any statement of the posting leaves nothing behind, and the event posts when it is over', async () => {
  const before = await hashes();
  await world.query(
    `create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'struck'; end $$`,
  );
  const points = ['event', 'voucher', 'balance', 'movement', 'hold', 'hold_step', 'settlement_item'];
  for (const table of points) {
    await world.query(
      `create trigger strike after insert or update on ledger.${table} for each statement execute function public.fail()`,
    );
    await expect(world.ledger.sell(world.sale(customer, orderNo, 2))).rejects.toThrow('struck');
    await world.query(`drop trigger strike on ledger.${table}`);
    expect([table, await hashes()]).toEqual([table, before]);
  }
  expect(await world.ledger.sell(world.sale(customer, orderNo, 2))).toMatchObject({
    outcome: 'posted',
    repeated: false,
  });
  expect(await world.broken()).toEqual([]);
});

test('7 one poisonous event does not take its batch with it', async () => {
  await world.query(
    `create function public.fail() returns trigger language plpgsql as $$
       begin if new.source like '%/2' then raise exception 'struck'; end if; return new; end $$;
     create trigger strike before insert on ledger.settlement_item for each row execute function public.fail()`,
  );
  const outcomes = await Promise.allSettled(
    [2, 3, 4, 5].map((line) => world.ledger.sell(world.sale(customer, orderNo, line, 1_000n))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect(await world.broken()).toEqual([]);
});

describe('14 tampering is found', () => {
  const changes = [
    `update ledger.voucher set amounts[1] = amounts[1] + 1`,
    `update ledger.voucher set amounts[1] = amounts[1] + 1, amounts[2] = amounts[2] - 1`,
    `update ledger.voucher set accounts[1] = accounts[2], accounts[2] = accounts[1]`,
    `update ledger.voucher set inputs[1] = inputs[1] + 1`,
    `update ledger.voucher set source = source || 'x'`,
    `update ledger.voucher set templates = replace(templates, '@1', '@2')`,
    `update ledger.voucher set accounting_date = accounting_date + 1`,
    `update ledger.voucher set recorded_at = recorded_at + interval '1 second'`,
    `update ledger.voucher set plan_months = plan_months + 1`,
    `update ledger.voucher set plan_revenue = plan_revenue + 1`,
    `update ledger.voucher set content_hash = sha256('x')`,
    `delete from ledger.voucher where type = 'sale'`,
    `delete from ledger.voucher_number`,
    `delete from ledger.voucher_number where number = 2`,
    `update ledger.voucher_number set number = number + 1000 where number < 3;
     update ledger.voucher_number set number = 1003 - number where number > 1000`,
    `delete from ledger.chain_link where position = 1`,
    `update ledger.chain_link set hash = sha256('x')`,
    `update ledger.balance set debit = debit + 1 where debit > 0`,
    `update ledger.balance set held = held - 1 where held > 0`,
    `update ledger.movement set amount = amount + 1`,
    `delete from ledger.movement where amount < 0`,
    `delete from ledger.lot`,
    `update ledger.hold set captured = captured - 1 where captured > 0`,
    `delete from ledger.event where type = 'sale'`,
    `update ledger.event set outcome = 'rejected' where type = 'sale'`,
  ];
  test('every change of a posted row, deletion, reorder and truncation', async () => {
    await world.ledger.sell(world.sale(customer, orderNo, 2));
    for (const seller of world.sellers) await world.ledger.numberVouchers(seller);
    expect(await world.broken()).toEqual([]);
    for (const change of changes) {
      await world.query(`begin; set local session_replication_role = replica; ${change}`);
      // The pool gives the same connection back: one caller at a time.
      const broken = await world.broken();
      await world.query('rollback');
      expect([change, broken.length > 0]).toEqual([change, true]);
    }
    expect(await world.broken()).toEqual([]);
  }, 60_000);
});

describe('periods and numbers', () => {
  test('11 12 a late fact goes to the first open month with its own date; a closed month stays as it was', async () => {
    const { ledger, seller } = world;
    const [platform] = world.sellers as [string];
    expect(await ledger.closePeriod(platform)).toBe('2026-11-01');
    expect(await ledger.sell(world.sale(customer, orderNo, 2))).toMatchObject({ outcome: 'posted' });
    const rows = await world.query(
      `select organisation_id, period::text, accounting_date::text, event_date::text from ledger.voucher
       where source = $1 and organisation_id in ($2, $3) order by period desc`,
      [`${orderNo}/2`, platform, seller],
    );
    expect(rows).toEqual([
      {
        organisation_id: platform,
        period: '2026-12-01',
        accounting_date: '2026-12-01',
        event_date: '2026-11-24',
      },
      {
        organisation_id: seller,
        period: '2026-11-01',
        accounting_date: '2026-11-24',
        event_date: '2026-11-24',
      },
    ]);
    await ledger.refundSale({ key: 'f', lineNo: `${orderNo}/1`, at: instant, reason: 'failed' });
    expect(await world.broken()).toEqual([]);
    await tamper(`update ledger.voucher set amounts[1] = amounts[1] + 1 where period = '2026-11-01'`);
    expect((await world.broken()).some((line) => line.startsWith('C8'))).toBe(true);
  });

  test('12 16 closing and numbering under load: nothing lands in a closed month, numbers run on', async () => {
    const { ledger, seller, sellers } = world;
    await ledger.recharge({
      key: 'r2',
      seller,
      customer,
      amount: 30_000n,
      channel: 'alipay',
      tradeNo: '2',
      rechargeNo: 'R2',
      at: instant,
    });
    await ledger.placeHold({ key: 'h2', seller, customer, orderNo: 'O-2', amount: 30_000n, at: instant });
    const selling = Array.from({ length: 100 }, (_, line) =>
      ledger.sell(world.sale(customer, 'O-2', line + 1, 300n)),
    );
    const numbering = [...sellers, ...sellers].map((organisation) => ledger.numberVouchers(organisation));
    const closing = sellers.map((organisation) => ledger.closePeriod(organisation));
    await Promise.all([...selling, ...numbering, ...closing]);
    await Promise.all(sellers.map((organisation) => ledger.numberVouchers(organisation)));
    const [row] = await world.query<{ vouchers: string; numbers: string }>(
      'select (select count(*) from ledger.voucher) as vouchers, (select count(*) from ledger.voucher_number) as numbers',
    );
    expect(row!.numbers).toBe(row!.vouchers);
    expect(await world.broken()).toEqual([]);
  });

  test('15 balances rebuilt from the vouchers alone are the balances', async () => {
    const before = await hashes();
    await tamper(`update ledger.balance b set debit = e.debit, credit = e.credit from (
      select account_id, coalesce(sum(amount) filter (where side = 'debit'), 0) as debit,
             coalesce(sum(amount) filter (where side = 'credit'), 0) as credit from ledger.entry group by 1) e
      where e.account_id = b.account_id`);
    expect(await hashes()).toEqual(before);
  });
});
