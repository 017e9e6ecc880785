import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { formatYuan } from '../../../domain/money.ts';
import { makeNumber } from '../../../domain/numbers.ts';
import { orderMessages, orderWorkflowId } from '../../../domain/orders.messages.ts';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { shapeOf } from '../../support/inputs.ts';
import { checkedRoutes, everyRole, nameOf, pathOf, type CheckedRoute } from '../../support/route-table.ts';
import { aTrade, type Trade } from '../../support/trade.ts';
import type { Organisation } from '../../support/world.ts';

/** Prices that are found nowhere by accident: every amount of the sale has eight digits or more. */
const odd = { list: '7919.37', supply: '0.5137', toDistributor: '0.7219', toSubDistributor: '0.8147' };
const quantity = 98_770n;

let trade: Trade;
let api: RunningApi;
let admin: pg.Client;
let order: string;
/** What each arrow of the chain would be known by: `position` 0 is the supplier's. */
let traces: { position: number; words: string[] }[];

beforeAll(async () => {
  trade = await aTrade();
  await trade.work();
  api = await anApi(trade.world, { taskQueue: trade.taskQueue });
  admin = new pg.Client({ connectionString: trade.world.database.adminUrl });
  await admin.connect();
  await askOddPrices();
  order = await sellAndOpen();
  traces = await readTraces();
  await leaveTheRest();
  calls = new Map();
  for (const declared of reading) calls.set(declared, await callsOf(declared));
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await api?.close();
  await trade?.close();
});

async function askOddPrices(): Promise<void> {
  const { tree, catalogue } = trade;
  await admin.query('update list_price set unit_price = $1 where product_id = $2', [
    odd.list,
    catalogue.hpc.productId,
  ]);
  for (const [seller, buyer, rate] of [
    [tree.resourceSupplier, tree.platform, odd.supply],
    [tree.platform, tree.distributor, odd.toDistributor],
    [tree.distributor, tree.subDistributor, odd.toSubDistributor],
  ] as const) {
    const where = [rate, seller.id, buyer.id];
    await admin.query('update edge_term set rate = $1 where seller_id = $2 and buyer_id = $3', where);
  }
}

/** A sale at depth two, paid and opened. */
async function sellAndOpen(): Promise<string> {
  const { tree, catalogue } = trade;
  const customer = await api.as(tree.customer.people['customer-admin']!);
  await trade.fill(tree.customer, 10_000_000_000n);
  const item = { planId: catalogue.hpc.planId, quantity: String(quantity), months: 0, pieces: 1 };
  const wanted = { plan: 'hpc-hours', quantity: item.quantity };
  expect((await customer.post('/cart/lines', wanted)).status).toBe(201);
  const { body: priced } = await customer.get(`/shop/price?${new URLSearchParams(wanted).toString()}`);
  const priceSeen = String(priced['payable']);
  const { number } = await trade.submit(tree.customer, [{ ...item, priceSeen }]);
  const handle = trade.client.workflow.getHandle(orderWorkflowId(number));
  await handle.executeUpdate(orderMessages.pay, {
    args: [{ userId: tree.customer.people['customer-admin']!.id }],
  });
  expect(await handle.result()).toEqual({ state: 'completed' });
  return number;
}

async function readTraces(): Promise<typeof traces> {
  const { rows } = await admin.query<Record<string, string>>(
    `select position::text, gross::text, net::text, commission::text, gross_net::text, gross_vat::text,
       commission_net::text, commission_vat::text from sale_leg where order_number = $1 order by sale_leg.position`,
    [order],
  );
  const rates = [odd.supply, odd.toDistributor, odd.toSubDistributor];
  return rows.map(({ position, ...amounts }) => {
    const fens = Object.values(amounts).filter((amount) => amount !== '0');
    const rate = rates[Number(position)];
    const rateWords = rate ? [rate, `${rate.slice(2, 4)}.${rate.slice(4)}`] : [];
    return { position: Number(position), words: [...fens.flatMap(writings), ...rateWords] };
  });
}

/** 分, 元 with and without separators and closing zeros. */
function writings(fen: string): string[] {
  expect(fen.length).toBeGreaterThanOrEqual(7);
  const yuan = formatYuan(BigInt(fen));
  const plain = yuan.replaceAll(',', '');
  return [fen, yuan, plain, plain.replace(/\.?0+$/, '')];
}

/** Rows of the columns that a sale does not touch, for routes that show one of them. */
async function leaveTheRest(): Promise<void> {
  const { customer, subDistributor } = trade.tree;
  const now = new Date();
  const binding = await admin.query<{ id: string }>(
    `insert into payment_binding (organisation_id, channel, app_id, merchant_id, gateway_url, channel_public_key,
       private_key_sealed, callback_code, created_at)
     values ($1, 'alipay', 'a', 'm', 'https://gateway.example', 'k', 's', 'code', $2) returning id`,
    [subDistributor.id, now],
  );
  await admin.query(
    `insert into recharge (number, customer_id, seller_id, user_id, amount, channel, binding_id, state, order_number,
       expires_at, created_at) values ($1, $2, $3, $4, 100, 'alipay', $5, 'pending', $6, $7, $7)`,
    [
      ...[makeNumber('recharge', now, randomBytes(8)), customer.id, subDistributor.id],
      ...[customer.people['customer-admin']!.id, binding.rows[0]!.id, order, now],
    ],
  );
}

const reading = checkedRoutes.filter(({ method, kind }) => method === 'get' && kind === 'json');

/** All values by which the rows of this world could be asked for: columns of the parameters' names, in one row. */
async function fillings(names: readonly string[]): Promise<Record<string, string>[]> {
  const columns = names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const fitting = await admin.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     where table_schema in ('public', 'ledger') and column_name = any($1)
     group by table_schema, table_name having count(*) = $2`,
    [columns, columns.length],
  );
  const found: Record<string, string>[] = [];
  for (const { name: table } of fitting.rows) {
    const wanted = columns.map((column, index) => `"${column}"::text as "${names[index]}"`).join(', ');
    found.push(
      ...(await admin.query<Record<string, string>>(`select distinct ${wanted} from ${table}`)).rows,
    );
  }
  return found.map(byMonth);
}

/** Accounting periods are kept as their first day and asked for as a month. */
const byMonth = (row: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, name === 'period' ? value.slice(0, 7) : value]),
  );

/** Calls by route: every path with every row of the world in it, each with every query. */
let calls: Map<CheckedRoute, string[]>;

async function callsOf(declared: CheckedRoute): Promise<string[]> {
  const queries = queriesOf(declared);
  const paths = await pathsOf(declared);
  return paths.flatMap((path) => queries.map((query) => path + query));
}

async function pathsOf(declared: CheckedRoute): Promise<string[]> {
  const names = [...declared.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  if (names.length === 0) return [declared.path];
  const params = declared.kind === 'json' ? declared.params! : undefined;
  const rows = (await fillings(names)).filter((row) => params?.safeParse(row).success);
  return [...new Set(rows.map((row) => pathOf(declared, (name) => row[name]!)))];
}

/** Each choice of each optional part, and the required parts from the rows of this world. */
function queriesOf(declared: CheckedRoute): string[] {
  if (!declared.query) return [''];
  const { properties = {}, required = [] } = shapeOf(declared.query);
  const known: Record<string, string> = {
    plan: 'hpc-hours',
    quantity: String(quantity),
    months: '0',
    pieces: '1',
    items: 'hpc~hpc-hours',
    limit: '100',
    orderNumber: order,
  };
  const base = Object.keys(properties).flatMap((name): [string, string][] => {
    const isNeeded = required.includes(name) && !('default' in properties[name]!);
    if (isNeeded && !known[name]) throw new Error(`${nameOf(declared)}: no value for ${name}`);
    return isNeeded || name === 'limit' ? [[name, known[name]!]] : [];
  });
  const whole = Object.keys(properties).flatMap((name): [string, string][] =>
    known[name] ? [[name, known[name]]] : [],
  );
  const choices = Object.entries(properties).flatMap(([name, shape]) =>
    (shape.enum ?? []).map((value): [string, string][] => [...base, [name, String(value)]]),
  );
  const texts = [base, whole, ...choices].map(
    (pairs) => `?${new URLSearchParams(Object.fromEntries(pairs)).toString()}`,
  );
  return [...new Set(texts)];
}

/** Routes that told somebody something. */
const answered = new Set<string>();

interface Heard {
  what: string;
  status: number;
  text: string;
}

/** Everything that a person is told: every reading route with every row, page by page. */
async function everythingTold(caller: Caller): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const [declared, asked] of calls) {
    for (const call of asked) {
      let next: string | null = '';
      for (let page = 0; next !== null && page < 20; page += 1) {
        const more: string = next && `${call.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`;
        const { status, text, body } = await caller.get(call + more);
        heard.push({ what: `${nameOf(declared)}: ${call}`, status, text });
        if (status === 200) answered.add(nameOf(declared));
        next = typeof body['nextCursor'] === 'string' ? body['nextCursor'] : null;
      }
    }
  }
  return heard;
}

/** The stream of events from the beginning to the last one there is. */
async function eventsTold(caller: Caller, { id }: Organisation): Promise<Heard> {
  const { rows } = await admin.query<{ place: string }>(
    `select xid::text || '-' || id::text as place from stream_event where organisation_id = $1
     order by stream_event.xid desc, stream_event.id desc limit 1`,
    [id],
  );
  const stop = new AbortController();
  const answer = await fetch(`${api.url}/api/v1/events`, {
    signal: stop.signal,
    headers: {
      'Last-Event-ID': '0-0',
      Cookie: [...caller.cookies].map((pair) => pair.join('=')).join('; '),
    },
  });
  let text = '';
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (rows[0] && !text.includes(`id: ${rows[0].place}\n`)) text += (await reader.read()).value ?? '';
  stop.abort();
  return { what: 'GET /events', status: answer.status, text };
}

/** Which answers hold a trace of the arrows; the query that was sent does not count. */
const tracesIn = (heard: readonly Heard[], positions: readonly number[]): string[] =>
  heard.flatMap(({ what, text }) =>
    traces
      .filter(({ position }) => positions.includes(position))
      .flatMap(({ position, words }) =>
        words
          .filter((word) => text.includes(word))
          .map((word) => `${what}: ${word} of arrow ${String(position)}`),
      ),
  );

async function toldTo(organisation: Organisation, role: string): Promise<Heard[]> {
  const caller = await api.as(organisation.people[role]!);
  const heard = [...(await everythingTold(caller)), await eventsTold(caller, organisation)];
  expect(heard.filter(({ status }) => status >= 500)).toEqual([]);
  return heard;
}

describe('prices further up a chain', () => {
  const rolesOf = (kind: string) => everyRole.filter((one) => one.kind === kind).map(({ role }) => role);

  test.each(rolesOf('distributor'))(
    'are told to nobody two arrows down: %s of the second distributor',
    async (role) => {
      expect(tracesIn(await toldTo(trade.tree.subDistributor, role), [0, 1])).toEqual([]);
    },
    60_000,
  );

  test.each(rolesOf('customer'))(
    'are told to no customer, nor what its seller pays: %s',
    async (role) => {
      const heard = await toldTo(trade.tree.customer, role);
      expect(tracesIn(heard, [0, 1, 2])).toEqual([]);
      expect(tracesIn(heard, [3])).not.toEqual([]);
    },
    60_000,
  );

  test('are found by this search where they may be seen: at the two parties of each arrow', async () => {
    const { platform, distributor, subDistributor } = trade.tree;
    const found = async (organisation: Organisation, positions: number[]) =>
      tracesIn(await toldTo(organisation, 'admin'), positions);
    expect(await found(platform, [0])).not.toEqual([]);
    expect(await found(platform, [1])).not.toEqual([]);
    expect(await found(distributor, [1])).not.toEqual([]);
    expect(await found(distributor, [0])).toEqual([]);
    expect(await found(distributor, [3])).toEqual([]);
    expect(await found(subDistributor, [2])).not.toEqual([]);
  }, 120_000);

  test('were looked for in every reading route, each answered with a row of this world', () => {
    expect(reading.map(nameOf).filter((name) => !answered.has(name))).toEqual([]);
    expect(api.log).toEqual([]);
  });
});
