import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aLedgerWorld, instant, type LedgerWorld } from '../support/ledger.ts';

let world: LedgerWorld;
beforeAll(async () => {
  world = await aLedgerWorld(['discount', 'discount']);
});
afterAll(() => world.close());

const pay = (customer: string, amount: bigint, key = `recharge/${customer}`) =>
  world.ledger.recharge({
    key,
    seller: world.seller,
    customer,
    amount,
    channel: 'alipay',
    tradeNo: `T-${key}`,
    rechargeNo: `R-${key}`,
    at: instant,
  });
const hold = (customer: string, orderNo: string, amount: bigint, attempt = 1) =>
  world.ledger.placeHold({
    key: `order/${orderNo}:pay:${attempt}`,
    seller: world.seller,
    customer,
    orderNo,
    amount,
    at: instant,
  });
const code = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

describe('idempotency', () => {
  test('6 the same key is posted once and answered equally, another payload is refused', async () => {
    const customer = randomUUID();
    const first = await pay(customer, 100n);
    expect(await pay(customer, 100n)).toEqual({ ...first, repeated: true });
    expect(await code(pay(customer, 101n))).toBe('IDEMPOTENCY_KEY_REUSED');
    const together = await Promise.allSettled([
      pay(customer, 7n, 'both'),
      pay(customer, 7n, 'both'),
      pay(customer, 8n, 'both'),
    ]);
    expect(together.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((await world.ledger.wallet(customer, world.seller)).cash).toBe(107n);
  });

  test('6 a repetition is answered as such while the key is tried with another payload', async () => {
    const customer = randomUUID();
    const first = await pay(customer, 100n);
    const [forged, repetition] = await Promise.allSettled([pay(customer, 101n), pay(customer, 100n)]);
    expect(forged).toMatchObject({ status: 'rejected', reason: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(repetition).toEqual({ status: 'fulfilled', value: { ...first, repeated: true } });
  });

  test('6 a rejection is remembered for its attempt; the next attempt is a new decision', async () => {
    const customer = randomUUID();
    await pay(customer, 100n);
    const refused = { outcome: 'rejected', reason: 'INSUFFICIENT_BALANCE', missing: 50n };
    expect(await hold(customer, 'O-REFUSED', 150n)).toMatchObject(refused);
    await pay(customer, 50n, `${customer}/2`);
    expect(await hold(customer, 'O-REFUSED', 150n)).toMatchObject(refused);
    expect(await hold(customer, 'O-REFUSED', 150n, 2)).toMatchObject({
      outcome: 'held',
      cash: 150n,
      gift: 0n,
    });
  });
});

describe('holds', () => {
  test('6 a refusal leaves no hold behind, whatever its batch placed beside it', async () => {
    const [poor, rich] = [randomUUID(), randomUUID()];
    const { seller } = world;
    await world.ledger.giveGift({
      key: `gift/${poor}`,
      seller,
      customer: poor,
      amount: 30n,
      reason: 'x',
      at: instant,
    });
    await pay(rich, 100n);
    const [refused, held] = await Promise.all([hold(poor, 'O-POOR', 50n), hold(rich, 'O-RICH', 50n)]);
    expect(refused).toMatchObject({ outcome: 'rejected', missing: 20n });
    expect(held).toMatchObject({ outcome: 'held', cash: 50n });
    const references = ['O-POOR', 'O-RICH'];
    const holds = 'select reference, placed from ledger.hold where reference = any ($1)';
    expect(await world.query(holds, [references])).toEqual([{ reference: 'O-RICH', placed: '50' }]);
    expect(await world.broken()).toEqual([]);
  });

  test('9 gift first, captured in parts, released once, never more than held', async () => {
    const customer = randomUUID();
    await pay(customer, 200_000n);
    const gift = {
      key: `gift/${customer}`,
      seller: world.seller,
      customer,
      amount: 5_000n,
      reason: 'G1',
      at: instant,
    };
    await world.ledger.giveGift(gift);
    const orderNo = `O-${customer}`;
    const wallet = () => world.ledger.wallet(customer, world.seller);
    expect(await hold(customer, orderNo, 195_000n)).toMatchObject({ gift: 5_000n, cash: 190_000n });
    expect(await wallet()).toEqual({ cash: 200_000n, gift: 5_000n, held: 195_000n, available: 10_000n });

    const sale = world.sale(customer, orderNo, 1);
    expect(await world.ledger.sell(sale)).toMatchObject({ outcome: 'posted', repeated: false });
    expect(await wallet()).toEqual({ cash: 105_000n, gift: 5_000n, held: 100_000n, available: 10_000n });
    const tooMuch = world.sale(customer, orderNo, 2, 96_000n);
    expect(await world.ledger.sell(tooMuch)).toMatchObject({
      outcome: 'rejected',
      reason: 'HOLD_EXHAUSTED',
      missing: 1_000n,
    });

    const release = (key: string) => world.ledger.releaseHold({ key, orderNo, at: instant });
    expect(await release('release/1')).toMatchObject({ outcome: 'posted' });
    expect(await release('release/1')).toMatchObject({ repeated: true });
    expect(await release('release/2')).toMatchObject({ outcome: 'posted' });
    expect(await wallet()).toEqual({ cash: 105_000n, gift: 5_000n, held: 0n, available: 110_000n });
    const gone = { ...world.sale(customer, orderNo, 2), key: 'again' };
    expect(await world.ledger.sell(gone)).toMatchObject({ outcome: 'rejected', reason: 'HOLD_EXHAUSTED' });
  });

  test('8 an edge without credit refuses the reservation and is named', async () => {
    const [platform, first] = world.sellers as [string, string, string];
    const orderNo = `O-${randomUUID()}`;
    const legs = (amount: bigint) => [
      { seller: first, buyer: world.seller, amount: amount + 1n, lineNo: `${orderNo}/1` },
      { seller: platform, buyer: first, amount, lineNo: `${orderNo}/1` },
    ];
    const reserve = (key: string, amount: bigint) =>
      world.ledger.reserveEdges({ key: `${orderNo}:${key}`, orderNo, legs: legs(amount), at: instant });
    expect(await reserve('unlimited', 10n ** 12n)).toMatchObject({ outcome: 'posted' });

    const limit = { seller: platform, buyer: first, mode: 'discount' as const };
    expect(await world.ledger.setCreditLimit({ ...limit, limit: 10n ** 9n })).toBe(true);
    expect(await reserve('too much', 10n ** 10n)).toMatchObject({
      outcome: 'rejected',
      edge: { seller: platform, buyer: first },
      missing: 9n * 10n ** 9n + (await debt(platform, first)),
    });
    expect(await reserve('enough', 80_000n)).toMatchObject({ outcome: 'posted' });
    expect(await heldOn(platform, first)).toBe(80_000n);

    const customer = randomUUID();
    await pay(customer, 95_000n);
    await hold(customer, orderNo, 95_000n);
    expect(await world.ledger.sell(world.sale(customer, orderNo, 1))).toMatchObject({ outcome: 'posted' });
    const leg = world.sale(customer, orderNo, 1).legs[1]!;
    expect(await heldOn(platform, first)).toBe(80_000n - leg.gross);
    await world.ledger.releaseEdges({ key: `${orderNo}:free`, orderNo, lineNo: `${orderNo}/1`, at: instant });
    expect(await heldOn(platform, first)).toBe(0n);
    expect(await world.ledger.setCreditLimit({ ...limit, limit: 1n })).toBe(false);
    expect(await world.ledger.setCreditLimit({ ...limit, limit: null })).toBe(true);
  });

  test('8 a deposit pays an edge and cannot be overdrawn', async () => {
    const [platform, first] = world.sellers as [string, string, string];
    const orderNo = `O-${randomUUID()}`;
    const customer = randomUUID();
    await pay(customer, 300_000n);
    await hold(customer, orderNo, 285_000n);
    const leg = world.sale(customer, orderNo, 1).legs[1]!;
    const deposit = {
      key: `deposit/${orderNo}`,
      seller: platform,
      buyer: first,
      amount: leg.gross,
      reference: 'B1',
      at: instant,
    };
    await world.ledger.deposit(deposit);
    const terms = { upstreamPay: 'deposit', settleable: 'payment' } as const;
    const sale = (line: number) => ({ ...world.sale(customer, orderNo, line), terms: [terms, terms] });
    expect(await world.ledger.sell(sale(1))).toMatchObject({ outcome: 'posted' });
    expect(await world.ledger.sell(sale(2))).toMatchObject({ outcome: 'rejected', missing: leg.gross });
    expect(await world.broken()).toEqual([]);
  });

  async function debt(seller: string, buyer: string): Promise<bigint> {
    return BigInt((await edge(seller, buyer))?.debt ?? 0);
  }
  async function heldOn(seller: string, buyer: string): Promise<bigint> {
    return BigInt((await edge(seller, buyer))?.held ?? 0);
  }
  async function edge(seller: string, buyer: string): Promise<{ debt: string; held: string } | undefined> {
    const [row] = await world.query<{ debt: string; held: string }>(
      `select debit - credit as debt, held from ledger.balance join ledger.account a on a.id = account_id
       where a.organisation_id = $1 and a.party_id = $2 and a.code = '1122.buyer'`,
      [seller, buyer],
    );
    return row;
  }
});

describe('refund of a failed line', () => {
  test('10 reverses every book in red and gives money back to the parts and lots it came from, once', async () => {
    const customer = randomUUID();
    await pay(customer, 60_000n, `${customer}/first`);
    await pay(customer, 60_000n, `${customer}/second`);
    await world.ledger.giveGift({
      key: `g/${customer}`,
      seller: world.seller,
      customer,
      amount: 5_000n,
      reason: 'G2',
      at: instant,
    });
    const orderNo = `O-${customer}`;
    await hold(customer, orderNo, 100_000n);
    const reductions = [{ kind: 'gift', rule: 'G2', giver: world.seller, amount: 5_000n } as const];
    const sale = { ...world.sale(customer, orderNo, 1), reductions };
    expect(await world.ledger.sell(sale)).toMatchObject({ outcome: 'posted' });
    const before = await lots(customer);
    expect(before).toEqual([`cash ${customer}/second 25000`]);

    const refund = (attempt: number) =>
      world.ledger.refundSale({
        key: `${orderNo}/1:refund:${attempt}`,
        lineNo: `${orderNo}/1`,
        at: instant,
        reason: 'failed',
      });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(refund));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const again = await Promise.allSettled([1, 2, 3, 4].map(refund));
    expect(again.map(({ status }) => status)).toEqual(outcomes.map(({ status }) => status));
    expect(await world.ledger.wallet(customer, world.seller)).toEqual({
      cash: 120_000n,
      gift: 5_000n,
      held: 0n,
      available: 125_000n,
    });
    expect(await lots(customer)).toEqual([
      ...before,
      `cash ${customer}/first 60000`,
      `cash ${customer}/second 35000`,
      'gift G2 5000',
    ]);
    const sides = await world.query<{ side: string; red: boolean; sum: string }>(
      `select side, red, sum(amount) from ledger.entry where source = $1 group by 1, 2 order by 2, 1`,
      [`${orderNo}/1`],
    );
    expect(BigInt(sides[0]!.sum) + BigInt(sides[2]!.sum)).toBe(0n);
    expect(BigInt(sides[1]!.sum) + BigInt(sides[3]!.sum)).toBe(0n);
    expect(await code(world.ledger.sell({ ...sale, key: 'sold/again' }))).toBe('ALREADY_POSTED');
    expect(await world.broken()).toEqual([]);
  });

  test('10 a line that was never sold has nothing to reverse', async () => {
    const refund = { key: 'x', lineNo: 'O-NEVER/1', at: instant, reason: 'failed' };
    expect(await code(world.ledger.refundSale(refund))).toBe('SALE_NOT_FOUND');
  });

  async function lots(customer: string): Promise<string[]> {
    const rows = await world.query<{ part: string; source: string; remaining: string }>(
      `select l.* from (select set_config('app.organisation', $1::text, true)) s, ledger.wallet_lots($1::uuid, $2::uuid) l`,
      [customer, world.seller],
    );
    return rows.map(({ part, source, remaining }) => `${part} ${source.replace('R-', '')} ${remaining}`);
  }
});

describe('books', () => {
  test('a parked book refuses without a trace and takes the same event when it is released', async () => {
    const customer = randomUUID();
    await pay(customer, 95_000n);
    await hold(customer, `O-${customer}`, 95_000n);
    await world.ledger.park(world.sellers[1]!, 'C2 is broken');
    const sale = world.sale(customer, `O-${customer}`, 1);
    expect(await code(world.ledger.sell(sale))).toBe('BOOK_PARKED');
    await world.ledger.park(world.sellers[1]!, null);
    expect(await world.ledger.sell(sale)).toMatchObject({ outcome: 'posted', repeated: false });
  });

  test('20 21 a new template version is used from now on; what was posted names the old one', async () => {
    const seller = randomUUID();
    await world.ledger.openBook(seller, { firstPeriod: '2026-11-01' });
    const customer = randomUUID();
    const recharge = (key: string) =>
      world.ledger.recharge({
        key,
        seller,
        customer,
        amount: 10n,
        channel: 'alipay',
        tradeNo: key,
        rechargeNo: key,
        at: instant,
      });
    await recharge('version/1');
    const template = {
      code: 'recharge',
      version: 2,
      title: { zh: '在线充值', en: 'Recharge' },
      inputs: ['amount'],
      slots: { money: ['1012.alipay'] },
      lines: [
        { side: 'debit', account: '1012.pending', amount: 'amount' },
        { side: 'credit', account: '2203.customer', party: 'customer', amount: 'amount' },
      ],
    } as const;
    await expect(world.ledger.activateTemplate(seller, template)).rejects.toThrow('no account 1012.pending');
    await world.ledger.addChartAccount(seller, {
      code: '1012.pending',
      label: '1012-在途',
      name: { zh: '在途资金', en: 'Money in transit' },
      type: 'asset',
      side: 'debit',
      auxiliary: 'none',
      guard: 'none',
    });
    await world.ledger.activateTemplate(seller, template);
    await recharge('version/2');
    expect(await recharge('version/1')).toMatchObject({ repeated: true });
    const rows = await world.query<{ templates: string; code: string }>(
      `select e.templates, a.code from ledger.voucher e join ledger.account a on a.id = e.accounts[1]
       where e.organisation_id = $1 order by e.event_id`,
      [seller],
    );
    expect(rows).toEqual([
      { templates: 'recharge@1', code: '1012.alipay' },
      { templates: 'recharge@2', code: '1012.pending' },
    ]);
    expect(await world.broken()).toEqual([]);
  });

  test('17 amounts past the bounds are refused, never wrapped', async () => {
    const customer = randomUUID();
    await expect(pay(customer, 0n)).rejects.toThrow('above zero');
    await expect(pay(customer, 2n ** 63n)).rejects.toThrow('amount is');
    await pay(customer, 2n ** 61n, `${customer}/large`);
    expect((await world.ledger.wallet(customer, world.seller)).cash).toBe(2n ** 61n);
    await expect(pay(customer, 2n ** 62n, `${customer}/2`)).resolves.toMatchObject({ outcome: 'posted' });
    await expect(pay(customer, 2n ** 62n, `${customer}/3`)).rejects.toThrow('out of range');
    expect(await world.broken()).toEqual([]);
  });

  test('17 an organisation without a book is named', async () => {
    const orphan = world.ledger.recharge({
      key: 'orphan',
      seller: randomUUID(),
      customer: randomUUID(),
      amount: 1n,
      channel: 'alipay',
      tradeNo: '1',
      rechargeNo: '1',
      at: instant,
    });
    await expect(orphan).rejects.toThrow('keeps no book');
  });
});
