import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { aLedgerWorld, instant, type LedgerWorld } from '../support/ledger.ts';

let world: LedgerWorld;
const customer = randomUUID();
const orderNo = `O-${customer}`;

beforeAll(async () => {
  world = await aLedgerWorld(['discount', 'discount']);
  const { ledger, seller } = world;
  await ledger.recharge({
    key: 'r',
    seller,
    customer,
    amount: 200_000n,
    channel: 'alipay',
    tradeNo: '1',
    rechargeNo: '1',
    at: instant,
  });
  await ledger.placeHold({ key: 'h', seller, customer, orderNo, amount: 190_000n, at: instant });
  await ledger.sell(world.sale(customer, orderNo, 1));
});
afterAll(() => world.close());

/** Runs statements as a role, acting for an organisation. */
async function as<Row>(
  url: string,
  organisation: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select set_config('app.organisation', $1, false)`, [organisation]);
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

const books = ['book', 'chart_account', 'entry_template', 'account', 'voucher', 'recognition_plan'];

describe('18 isolation of books', () => {
  test.each(['api', 'worker'] as const)(
    'the %s sees the rows of the acting organisation only',
    async (role) => {
      const url = role === 'api' ? world.database.apiUrl : world.database.workerUrl;
      for (const table of books) {
        for (const seller of world.sellers) {
          const rows = await as<{ organisation_id: string }>(
            url,
            seller,
            `select distinct organisation_id from ledger.${table}`,
          );
          expect([table, rows.map((row) => row.organisation_id)]).toEqual([table, [seller]]);
        }
        expect(await as(url, '', `select from ledger.${table}`)).toEqual([]);
        expect(await as(url, randomUUID(), `select from ledger.${table}`)).toEqual([]);
      }
      for (const table of ['balance', 'movement', 'entry']) {
        const rows = await as<{ organisation_id: string }>(
          url,
          world.sellers[1]!,
          `select distinct a.organisation_id from ledger.${table} b left join ledger.account a on a.id = b.account_id`,
        );
        expect(rows.every((row) => row.organisation_id === world.sellers[1])).toBe(true);
      }
    },
  );

  test('a settlement item is seen by its two parties, no other leg of the sale by anybody', async () => {
    const items = (organisation: string) =>
      as<{ seller_id: string; buyer_id: string }>(
        world.database.apiUrl,
        organisation,
        'select seller_id, buyer_id from ledger.settlement_item order by gross',
      );
    const [platform, first, last] = world.sellers as [string, string, string];
    const supply = { seller_id: world.supplier, buyer_id: platform };
    const upper = { seller_id: platform, buyer_id: first };
    const lower = { seller_id: first, buyer_id: last };
    expect(await items(world.supplier)).toEqual([supply]);
    expect(await items(platform)).toEqual([supply, upper]);
    expect(await items(first)).toEqual([upper, lower]);
    expect(await items(last)).toEqual([lower]);
    expect(await items(customer)).toEqual([]);
  });

  test('nothing that the last seller can read holds the price above it or the supplier cost', async () => {
    const sale = world.sale(customer, orderNo, 1);
    const secrets = [sale.legs[0]!, sale.legs[1]!].flatMap(({ gross, grossNet }) => [
      String(gross),
      String(grossNet),
    ]);
    const tables = [
      ...books,
      'balance',
      'movement',
      'entry',
      'settlement_item',
      'voucher_number',
      'chain_link',
    ];
    for (const table of tables) {
      const rows = await as(world.database.apiUrl, world.seller, `select * from ledger.${table}`);
      const text = JSON.stringify(rows);
      expect([
        table,
        secrets.filter((secret) => text.includes(`"${secret}"`) || text.includes(`-${secret}"`)),
      ]).toEqual([table, []]);
    }
  });

  test('a wallet is read by its customer and its seller', async () => {
    const read = (organisation: string) =>
      as(world.database.apiUrl, organisation, 'select * from ledger.wallet($1, $2)', [
        customer,
        world.seller,
      ]);
    expect(await read(customer)).toEqual([{ cash: '105000', gift: '0', held: '95000' }]);
    expect(await read(world.seller)).toEqual(await read(customer));
    expect(await read(world.sellers[0]!)).toEqual([]);
    expect(await read(randomUUID())).toEqual([]);
    const pages = await as<{ amount: string; balance_after: string }>(
      world.database.apiUrl,
      customer,
      'select amount, balance_after from ledger.wallet_statement($1, $2, null, 10)',
      [customer, world.seller],
    );
    expect(pages).toEqual([
      { amount: '-95000', balance_after: '105000' },
      { amount: '200000', balance_after: '200000' },
    ]);
  });
});

describe('who may do what', () => {
  test('the api cannot post, nor call any function that moves money', async () => {
    const rows = await world.query<{
      name: string;
      api: boolean;
      worker: boolean;
      everybody: boolean;
      owner: string;
    }>(
      `select p.proname as name, has_function_privilege('kboss_api', p.oid, 'execute') as api,
              has_function_privilege('kboss_worker', p.oid, 'execute') as worker,
              has_function_privilege('public', p.oid, 'execute') as everybody, p.proowner::regrole::text as owner
       from pg_proc p where p.pronamespace = 'ledger'::regnamespace order by 1`,
    );
    expect(rows.filter(({ api }) => api).map(({ name }) => name)).toEqual([
      'acting_organisation',
      'month_balance',
      'wallet',
      'wallet_lots',
      'wallet_statement',
    ]);
    expect(rows.filter(({ everybody }) => everybody)).toEqual([]);
    expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set(['kboss_ledger']));
    expect(rows.find(({ name }) => name === 'post')).toMatchObject({ api: false, worker: true });
    await expect(
      as(world.database.apiUrl, world.seller, `select ledger.park($1, 'x')`, [world.seller]),
    ).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('every table is fenced, and no signing-in role may change a row', async () => {
    const tables = await world.query<{ name: string; forced: boolean }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as forced from pg_class
       where relnamespace = 'ledger'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );
    expect(tables.filter(({ forced }) => !forced)).toEqual([]);
    const { apiUrl, workerUrl, auditUrl } = world.database;
    for (const { name } of tables) {
      for (const url of [apiUrl, workerUrl, auditUrl]) {
        await expect(as(url, world.seller, `delete from ledger.${name}`)).rejects.toThrow(
          /permission denied|read-only transaction/,
        );
      }
    }
  });

  test('not even the owner changes or deletes what was posted', async () => {
    for (const statement of [
      'update ledger.voucher set red = true',
      'delete from ledger.movement',
      'delete from ledger.event',
    ]) {
      await expect(world.query(`set role kboss_ledger; ${statement}`)).rejects.toMatchObject({
        code: 'KL009',
      });
    }
    await expect(
      world.query(`set role kboss_ledger; update ledger.event set key = 'other'`),
    ).rejects.toMatchObject({ code: 'KL009' });
    await world.query('reset role');
  });
});
