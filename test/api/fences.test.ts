import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openLedger, type Ledger } from '../../db/ledger/ledger.ts';
import { isParty, plantEverywhere } from '../support/planting.ts';
import type { Table } from '../support/schema-reader.ts';
import { anEmptyWorld, aTree, type Organisation, type Tree, type World } from '../support/world.ts';

/** Tables of which a party of the row sees nothing; the columns of those who do. */
const narrower: Record<string, readonly string[]> = {
  // A supplier works on orders for its pool, but the pool's settings are the platform's.
  pool: ['organisation_id'],
  // What a customer uses is its own; the seller sees the order.
  resource: ['organisation_id'],
  // Read in scope `identity` only, before an organisation is known.
  session: [],
  sms_code: [],
};

/** Tables without a party: who sees their rows through the organisation's fence. */
const withoutParty: Record<string, 'nobody' | 'colleagues'> = {
  user_account: 'colleagues',
  rate_limit: 'nobody',
  ssh_key: 'nobody',
  stock_reservation: 'nobody',
};

let world: World;
let tree: Tree;
let garden: Awaited<ReturnType<typeof plantEverywhere>>;
let admin: pg.Client;
let ledger: Ledger;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  garden = await plantEverywhere(world.database.adminUrl, Object.values(tree));
  admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  ledger = openLedger(world.database.workerUrl);
  await rechargeEverybody();
});

afterAll(async () => {
  await ledger.close();
  await admin.end();
  await world.close();
});

async function rechargeEverybody(): Promise<void> {
  const sellers = Object.values(tree).filter(({ kind }) => kind === 'platform' || kind === 'distributor');
  for (const { id } of sellers) await ledger.openBook(id, { firstPeriod: '2026-11-01' });
  for (const { id, parentId } of Object.values(tree).filter(({ kind }) => kind === 'customer')) {
    await ledger.recharge({
      key: `recharge/${id}`,
      seller: parentId!,
      customer: id,
      amount: 700n,
      channel: 'alipay',
      tradeNo: id,
      rechargeNo: id,
      at: new Date('2026-11-25T08:00:00Z'),
    });
  }
}

const placeOf = ({ primaryKey }: Table): string => `concat_ws(' ', ${primaryKey.join(', ')}) as place`;

interface Seen {
  row: Record<string, unknown>;
  place: string;
}

/** What an organisation sees of each table, in the columns that the api may read; nothing of tables that it may not. */
async function everythingSeenBy(organisation: Organisation): Promise<Map<string, Seen[]>> {
  const known = seenBefore.get(organisation.id);
  if (known) return known;
  const seen = await world.api.inOrganisation({ organisationId: organisation.id }, async (em) => {
    const readable = await em.execute<{ name: string; columns: string }[]>(
      `select c.relname as name, string_agg(quote_ident(attname), ', ') as columns
         from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
        where relnamespace = 'public'::regnamespace and has_column_privilege(c.oid, attnum, 'select') group by c.relname`,
    );
    const columnsOf = new Map(readable.map(({ name, columns }) => [name, columns]));
    const result = new Map<string, Seen[]>();
    for (const table of garden.tables) {
      const columns = columnsOf.get(table.name);
      if (!columns) continue;
      const rows = await em.execute<Record<string, unknown>[]>(
        `select ${placeOf(table)}, ${columns} from ${table.name}`,
      );
      result.set(
        table.name,
        rows.map(({ place, ...row }) => ({ row, place: String(place) })),
      );
    }
    return result;
  });
  seenBefore.set(organisation.id, seen);
  return seen;
}

const seenBefore = new Map<string, Map<string, Seen[]>>();

/** Rows of a table in which an organisation is a party, as one that sees everything finds them. */
async function rowsOf(organisation: Organisation, table: Table): Promise<string[]> {
  const parties = narrower[table.name] ?? partiesOf(table);
  if (parties.length === 0) return [];
  const { rows } = await admin.query<{ place: string }>(
    `select ${placeOf(table)} from ${table.name} where ${parties.map((name) => `${name} = $1`).join(' or ')}`,
    [organisation.id],
  );
  return rows.map(({ place }) => place);
}

function partiesOf(table: Table): string[] {
  if (table.name === 'organisation') return ['id', 'parent_id'];
  return table.columns.filter((column) => isParty(table, column)).map(({ name }) => name);
}

test('every table has a row of every organisation', () => {
  expect(garden.refused).toEqual({});
});

describe('an organisation sees of each table the rows in which it is a party, all of them, and no others', () => {
  test('customers, distributors, suppliers and the platform', async () => {
    for (const organisation of Object.values(tree)) {
      for (const table of garden.tables) {
        const where = `${table.name} as ${organisation.kind} ${organisation.name}`;
        const seen = (await everythingSeenBy(organisation)).get(table.name) ?? null;
        if (table.name === 'storefront') {
          expect(seen).toHaveLength(4);
        } else if (partiesOf(table).length === 0) {
          const expected =
            withoutParty[table.name] === 'colleagues' ? Object.keys(organisation.people).length : 0;
          expect({ where, count: seen?.length ?? 0 }).toEqual({ where, count: expected });
        } else if (seen !== null) {
          const places = seen.map(({ place }) => place).sort();
          expect({ where, places }).toEqual({ where, places: (await rowsOf(organisation, table)).sort() });
        }
      }
    }
  });

  test('nothing that it sees holds a word or an amount of anybody who is no party with it', async () => {
    for (const organisation of Object.values(tree)) {
      const strangers = garden.planted.filter((other) => !areParties(organisation, other.organisation));
      for (const table of garden.tables) {
        if (table.name === 'storefront') continue;
        const text = JSON.stringify((await everythingSeenBy(organisation)).get(table.name) ?? []);
        for (const { word, digits } of strangers) {
          expect({
            table: table.name,
            of: organisation.name,
            leak: text.includes(word) || text.includes(digits),
          }).toEqual({
            table: table.name,
            of: organisation.name,
            leak: false,
          });
        }
      }
    }
  });

  const areParties = (one: Organisation, other: Organisation): boolean =>
    one.id === other.id ||
    one.parentId === other.id ||
    other.parentId === one.id ||
    isSupplierOfPlatform(one, other);
  /** The planter makes the first supplier the other party of what the platform has with nobody above. */
  const isSupplierOfPlatform = (one: Organisation, other: Organisation): boolean =>
    [one, other].every(({ kind }) => kind === 'platform' || kind === 'supplier');

  test('nobody acting for no organisation sees storefronts only', async () => {
    for (const table of garden.tables) {
      const count = await world.api.inPublic(async (em) => {
        const [row] = await em.execute<{ allowed: boolean }[]>(
          `select has_any_column_privilege(?::regclass, 'select') as allowed`,
          [table.name],
        );
        if (!row!.allowed) return 0;
        const [counted] = await em.execute<{ count: number }[]>(
          `select count(*)::int as count from ${table.name}`,
        );
        return counted!.count;
      });
      expect({ table: table.name, count }).toEqual({
        table: table.name,
        count: table.name === 'storefront' ? 4 : 0,
      });
    }
  });

  test('a person sees their own keys and places besides', async () => {
    const person = Object.values(tree.customer.people)[0]!;
    const actor = { organisationId: tree.customer.id, userId: person.id };
    const keys = await world.api.inOrganisation(actor, (em) =>
      em.execute<{ user_id: string }[]>('select user_id from ssh_key'),
    );
    expect(keys).toEqual([{ user_id: person.id }]);
  });
});

describe('books', () => {
  test('are read by their owner only', async () => {
    const tables = await admin.query<{ name: string }>(
      `select 'ledger.' || relname as name from pg_class c where relnamespace = 'ledger'::regnamespace
          and relkind in ('r', 'p', 'v') and not relispartition
          and exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'organisation_id')`,
    );
    expect(tables.rows.length).toBeGreaterThan(5);
    for (const organisation of Object.values(tree)) {
      const books = await world.api.inOrganisation({ organisationId: organisation.id }, async (em) => {
        const seen: string[] = [];
        for (const { name } of tables.rows) {
          const rows = await em.execute<{ organisation_id: string }[]>(`select organisation_id from ${name}`);
          seen.push(...rows.map(({ organisation_id }) => organisation_id));
        }
        return new Set(seen);
      });
      const hasBook = organisation.kind === 'platform' || organisation.kind === 'distributor';
      expect([...books]).toEqual(hasBook ? [organisation.id] : []);
    }
  });

  test('balances and movements of others stay unseen', async () => {
    const sees = (organisation: Organisation): Promise<{ balances: number; movements: number }> =>
      world.api.inOrganisation({ organisationId: organisation.id }, async (em) => {
        const [row] = await em.execute<{ balances: number; movements: number }[]>(
          `select (select count(*)::int from ledger.balance) as balances, (select count(*)::int from ledger.movement) as movements`,
        );
        return row!;
      });
    expect(await sees(tree.subDistributor)).not.toEqual({ balances: 0, movements: 0 });
    expect(await sees(tree.productSupplier)).toEqual({ balances: 0, movements: 0 });
  });

  test('cannot be written by the api', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc where pronamespace = 'ledger'::regnamespace and prosecdef
          and provolatile = 'v' and has_function_privilege('kboss_api', oid, 'execute')
       union all
       select oid::regclass::text from pg_class where relnamespace = 'ledger'::regnamespace and relkind in ('r', 'p')
          and has_table_privilege('kboss_api', oid, 'insert, update, delete, truncate')`,
    );
    expect(rows).toEqual([]);
  });
});

describe('roles', () => {
  test('none that signs in sees past row level security but the backup, and none owns a table', async () => {
    const { rows } = await admin.query<{ name: string }>(
      `select rolname as name from pg_roles where rolcanlogin and rolname like 'kboss%' and (rolsuper or rolbypassrls)`,
    );
    expect(rows).toEqual([{ name: 'kboss_backup' }]);
    const owners = await admin.query(
      `select distinct r.rolname from pg_class c join pg_roles r on r.oid = c.relowner
        where c.relnamespace in ('public'::regnamespace, 'ledger'::regnamespace) and r.rolcanlogin and r.rolname like 'kboss%'`,
    );
    expect(owners.rows).toEqual([]);
    const members = await admin.query(
      `select m.rolname from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
        where m.rolcanlogin and m.rolname like 'kboss%' and g.rolname in ('kboss_owner', 'kboss_ledger', 'kboss_definer')`,
    );
    expect(members.rows).toEqual([]);
  });

  test('row level security is forced on every table that a role may reach', async () => {
    const { rows } = await admin.query(
      `select c.oid::regclass::text as name from pg_class c
        where c.relnamespace in ('public'::regnamespace, 'ledger'::regnamespace) and c.relkind in ('r', 'p')
          and not (c.relrowsecurity and c.relforcerowsecurity)
          and (has_any_column_privilege('kboss_api', c.oid, 'select, insert, update')
            or has_any_column_privilege('kboss_worker', c.oid, 'select, insert, update'))`,
    );
    // The ledger's mirrors of accounts and the bulk loader's staging are the same for all books or empty between uses.
    expect(rows).toEqual([]);
    const open = garden.tables.filter(({ rowSecurity, forced }) => !rowSecurity || !forced);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('views run as who asks, and definer functions have a fixed search path', async () => {
    const views = await admin.query(
      `select oid::regclass::text from pg_class where relkind = 'v'
          and relnamespace in ('public'::regnamespace, 'ledger'::regnamespace)
          and not coalesce(reloptions::text like '%security_invoker=true%', false)`,
    );
    expect(views.rows).toEqual([]);
    const functions = await admin.query(
      `select oid::regprocedure::text from pg_proc where pronamespace in ('public'::regnamespace, 'ledger'::regnamespace)
          and prosecdef and not coalesce(proconfig::text like '%search_path=%', false)`,
    );
    expect(functions.rows).toEqual([]);
    const reachable = await admin.query(
      `select oid::regprocedure::text from pg_proc where pronamespace in ('public'::regnamespace, 'ledger'::regnamespace)
          and prosecdef and has_function_privilege('kboss_backup', oid, 'execute')`,
    );
    expect(reachable.rows).toEqual([]);
  });
});
