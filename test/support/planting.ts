import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { makeNumber, type numberLetters } from '../../domain/numbers.ts';
import { inOrderOfNeed, readTables, type Column, type Table } from './schema-reader.ts';
import type { Organisation } from './world.ts';

type Row = Record<string, unknown>;

/** An organisation with rows of its own in every table, whose texts and amounts are found nowhere else. */
export interface Planted {
  organisation: Organisation;
  /** What all its texts contain. */
  word: string;
  /** What all its amounts begin with; long enough to be no accident. */
  digits: string;
  rows: Map<string, Row>;
}

/** Tables whose rows the world makes itself. */
const madeByWorld = [
  ...['organisation', 'organisation_taxpayer', 'storefront', 'user_account', 'membership'],
  'customer_profile',
];

/** Columns of an organisation that hold the other party of a row: the seller above, or a supplier. */
const otherParty = new Set(['seller_id', 'supplier_id']);

/** What shapes and constraints of several columns ask for, by table. */
const special: Record<string, (planted: Planted) => Row> = {
  sale_leg: ({ digits }) => ({
    ...{
      gross: `${digits}10`,
      commission: '10',
      net: `${digits}00`,
      gross_net: `${digits}00`,
      gross_vat: '10',
    },
    ...{ commission_net: '10', commission_vat: '0', mode: 'discount' },
  }),
  edge_term: () => ({ unit_price: '1234.5', rate: null, mode: 'discount', plan_id: null }),
  retail_price: () => ({ unit_price: '4321.5', rate: null, plan_id: null }),
  customer_order: ({ digits }) => ({ refunded: 0, total: `${digits}77` }),
  order_line: ({ word }) => ({
    kind: 'cloud-host',
    quantity: 1,
    configuration: { note: word },
    specification: {},
  }),
  resource: ({ word }) => ({ kind: 'cloud-host', quantity: 1, specification: { note: word } }),
  work_order: () => ({ product_kind: 'cloud-host', driver: 'manual', request: {} }),
  message: ({ word }) => ({ kind: 'order-completed', details: { word } }),
};

/**
 * Fills every table with a row of each organisation, foreign keys, checks and defaults heeded, past row level security.
 * A table that the planter does not understand is in the answer's `refused`, with PostgreSQL's reason.
 */
export async function plantEverywhere(
  adminUrl: string,
  organisations: readonly Organisation[],
): Promise<{ planted: Planted[]; refused: Record<string, string>; tables: Table[] }> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const tables = await readTables(client);
    const byId = new Map(organisations.map((one) => [one.id, one]));
    const refused: Record<string, string> = {};
    const planted: Planted[] = [];
    for (const [index, organisation] of organisations.entries()) {
      const own: Planted = {
        organisation,
        word: `Zqx${'abcdefghijkl'[index]}vw`,
        digits: `${7_301_011 + index * 110_503}`,
        rows: new Map(),
      };
      planted.push(own);
      for (const table of inOrderOfNeed(tables)) {
        if (madeByWorld.includes(table.name)) continue;
        const row = { ...rowFor(table, own, byId, organisations), ...special[table.name]?.(own) };
        try {
          own.rows.set(table.name, await insert(client, table, row));
        } catch (error) {
          refused[table.name] = `${(error as Error).message} ${JSON.stringify(row)}`;
        }
      }
    }
    return { planted, refused, tables };
  } finally {
    await client.end();
  }
}

async function insert(client: pg.Client, table: Table, row: Row): Promise<Row> {
  const names = Object.keys(row);
  const isJson = (name: string): boolean => table.columns.find((one) => one.name === name)?.type === 'jsonb';
  const { rows } = await client.query<Row>(
    `insert into ${table.name} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')}) returning *`,
    names.map((name) => (isJson(name) ? JSON.stringify(row[name]) : row[name])),
  );
  return rows[0]!;
}

function rowFor(
  table: Table,
  own: Planted,
  byId: ReadonlyMap<string, Organisation>,
  all: readonly Organisation[],
): Row {
  const row: Row = {};
  for (const column of table.columns) {
    const value = isParty(table, column)
      ? partyFor(column.name, own.organisation, byId, all)
      : referenceFor(table, column, own, row);
    if (value !== undefined) row[column.name] = value;
    else if (!column.hasDefault || isText(column)) {
      const made = valueFor(table, column, own);
      if (made !== undefined) row[column.name] = made;
    }
  }
  return row;
}

const isText = (column: Column): boolean => column.type === 'text' && !column.allowed;

/** Columns that name an organisation, by foreign key or, in histories, by their name. */
export function isParty(table: Table, { name }: Column): boolean {
  const named = ['organisation_id', 'seller_id', 'buyer_id', 'customer_id', 'supplier_id', 'giver_id'];
  const refers = table.foreignKeys.some(
    ({ columns, target }) => target === 'organisation' && columns.includes(name),
  );
  return refers || named.includes(name);
}

function partyFor(
  column: string,
  organisation: Organisation,
  byId: ReadonlyMap<string, Organisation>,
  all: readonly Organisation[],
): string {
  if (!otherParty.has(column)) return organisation.id;
  const above = organisation.parentId ? byId.get(organisation.parentId) : undefined;
  return (above ?? all.find(({ kind }) => kind === 'supplier')!).id;
}

/** The planted row that a foreign key points at; people are the organisation's first. */
function referenceFor(table: Table, column: Column, own: Planted, row: Row): unknown {
  const key = table.foreignKeys.find(({ columns }) => columns.includes(column.name));
  if (!key) return undefined;
  if (key.target === 'user_account') return Object.values(own.organisation.people)[0]!.id;
  const target = own.rows.get(key.target);
  const fits = key.columns.every((name, index) => {
    const already = row[name];
    return already === undefined || already === target?.[key.targetColumns[index]!];
  });
  if (target && fits) return target[key.targetColumns[key.columns.indexOf(column.name)]!];
  return column.required ? undefined : null;
}

const letters: Record<string, keyof typeof numberLetters> = {
  customer_order: 'order',
  recharge: 'recharge',
  resource: 'resource',
  work_order: 'workOrder',
};

function valueFor(table: Table, column: Column, own: Planted): unknown {
  const { name, type } = column;
  if (column.allowed) return column.allowed[0];
  if (type === 'text') return textFor(table, column, own);
  if (type === 'uuid') return column.required ? randomUUID() : null;
  if (!column.required && type !== 'bigint') return null;
  if (type === 'bigint')
    return /id$/.test(name) ? undefined : `${own.digits}${(randomBytes(1)[0]! % 90) + 10}`;
  if (type === 'integer') return name === 'uid' ? 10_000 + (randomBytes(2).readUInt16BE() % 50_000) : 2;
  if (type.startsWith('numeric')) return '0.5';
  if (type === 'jsonb') return { zh: own.word, en: own.word };
  if (type.startsWith('timestamp')) return new Date();
  if (type === 'date') return '2026-11-25';
  if (type === 'boolean') return false;
  return type.endsWith('[]') ? '{}' : undefined;
}

function textFor(table: Table, { name, pattern, unique }: Column, own: Planted): string {
  const kind = letters[table.name];
  if (name === 'number' && kind) return makeNumber(kind, new Date(), randomBytes(8));
  const numbered = (
    { order_number: 'customer_order', recharge_number: 'recharge' } as Record<string, string>
  )[name];
  const number = numbered ? own.rows.get(numbered)?.number : undefined;
  if (typeof number === 'string') return number;
  if (/(^|_)(url|endpoint)$/.test(name)) return `https://gateway.example/${own.word}`;
  if (pattern) {
    const fits = fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= 30);
    return fc.sample(fits, { numRuns: 1, seed: randomBytes(4).readInt32BE() })[0]!;
  }
  return unique ? `${own.word}-${randomBytes(6).toString('hex')}` : own.word;
}
