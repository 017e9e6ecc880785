import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLedger, type Ledger } from '../../../db/ledger/ledger.ts';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { instant, saleOf } from '../../support/ledger.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let ledger: Ledger;
let api: RunningApi;
let finance: Caller;
const orderNo = 'O20261124-7K3QX9MD';

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  ledger = openLedger(world.database.workerUrl);
  const sellers = [tree.platform.id, tree.distributor.id, tree.subDistributor.id];
  for (const seller of [...sellers, tree.stranger.id])
    await ledger.openBook(seller, { firstPeriod: '2026-11-01' });
  const [seller, customer] = [tree.subDistributor.id, tree.customer.id];
  await ledger.recharge({
    key: 'r',
    seller,
    customer,
    amount: 200_000n,
    channel: 'alipay',
    tradeNo: '1',
    rechargeNo: 'R1',
    at: instant,
  });
  await ledger.placeHold({ key: 'h', seller, customer, orderNo, amount: 190_000n, at: instant });
  const chain = { supplier: tree.productSupplier.id, sellers, modes: ['discount', 'rebate'] as const };
  for (const line of [1, 2]) await ledger.sell(saleOf(chain, customer, orderNo, line));
  await ledger.refundSale({ key: 'f', lineNo: `${orderNo}/2`, at: instant, reason: 'failed' });
  await ledger.numberVouchers(seller);
  api = await anApi(world, { temporal: 'unreachable' });
  finance = await api.as(tree.subDistributor.people['finance']!);
}, 60_000);
afterAll(async () => {
  await api?.close();
  await ledger?.close();
  await world?.close();
});

interface Voucher {
  eventId: string;
  number: number | null;
  type: string;
  source: string;
  isRed: boolean;
  reverses: string | null;
  debit: string;
  credit: string;
  lines: { side: string; label: string; amount: string; party: { id: string; name: string | null } | null }[];
}

describe('one’s own book', () => {
  test('vouchers come latest first, balance, and name what they book', async () => {
    const { status, body } = await finance.get('/ledger/vouchers');
    expect(status).toBe(200);
    const items = body['items'] as Voucher[];
    expect(items.map(({ type, source, isRed, number }) => [type, source, isRed, number])).toEqual([
      ['refund', `${orderNo}/2`, true, 4],
      ['sale', `${orderNo}/2`, false, 3],
      ['sale', `${orderNo}/1`, false, 2],
      ['recharge', 'R1', false, 1],
    ]);
    expect(items.every(({ debit, credit }) => debit === credit)).toBe(true);
    expect(items[0]!.reverses).toBe(items[1]!.eventId);
    expect(items[2]!.lines[0]).toMatchObject({
      side: 'debit',
      label: '2203-客户',
      amount: '95000',
      party: { id: tree.customer.id, name: tree.customer.name },
    });
  });

  test('pages follow each other without gap or repeat', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await finance.get(`/ledger/vouchers?limit=3${cursor}`);
      seen.push(...(body['items'] as Voucher[]).map(({ eventId }) => eventId));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${String(body['nextCursor'])}`;
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
    expect((await finance.get('/ledger/vouchers?cursor=bm9uZQ')).status).toBe(422);
    const { body } = await finance.get(
      `/ledger/vouchers?source=${encodeURIComponent(`${orderNo}/1`)}&period=2026-11`,
    );
    expect(body['items']).toHaveLength(1);
    expect((await finance.get('/ledger/vouchers?period=2026-12')).body['items']).toEqual([]);
  });

  test('the trial balance balances; balances are those of the wallet', async () => {
    const { body } = await finance.get('/ledger/trial-balance?period=2026-11');
    expect(body['debit']).toBe(body['credit']);
    const items = body['items'] as { label: string; opening: string; closing: string; credit: string }[];
    expect(items.find(({ label }) => label === '2203-客户')).toMatchObject({
      opening: '0',
      credit: '200000',
      closing: '105000',
    });
    const balances = (await finance.get('/ledger/balances')).body['items'] as {
      label: string;
      balance: string;
      held: string;
    }[];
    expect(balances.find(({ label }) => label === '2203-客户')).toMatchObject({
      balance: '105000',
      held: '0',
    });
  });

  test('nobody sees another’s book, and a role without the permission sees none', async () => {
    const stranger = await api.as(tree.stranger.people['finance']!);
    expect((await stranger.get('/ledger/vouchers')).body['items']).toEqual([]);
    const upper = await api.as(tree.distributor.people['finance']!);
    const vouchers = (await upper.get('/ledger/vouchers')).body['items'] as Voucher[];
    expect(vouchers.map(({ type }) => type)).toEqual(['refund', 'sale', 'sale']);
    expect(JSON.stringify(vouchers)).not.toContain(tree.customer.id);
    const sales = await api.as(tree.subDistributor.people['maintenance']!);
    expect((await sales.get('/ledger/vouchers')).status).toBe(403);
  });
});
