import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { JsonRoute } from '../../api/route.ts';
import { anApi, type RunningApi } from '../support/api.ts';
import { shapeOf } from '../support/inputs.ts';
import { multiply } from '../support/many.ts';
import { plantEverywhere } from '../support/planting.ts';
import { checkedRoutes, everyRole, nameOf } from '../support/route-table.ts';
import { watchedDatabase, type Watched } from '../support/watched-database.ts';
import { anEmptyWorld, aTree, type Organisation, type Tree, type World } from '../support/world.ts';

const many = 100_000;
/** The lists that grow with business, by the column of the party who reads them. */
const growing = (tree: Tree): [table: string, column: string, owner: Organisation][] => [
  ['customer_order', 'buyer_id', tree.customer],
  ['recharge', 'customer_id', tree.customer],
  ['message', 'organisation_id', tree.customer],
  ['audit_event', 'organisation_id', tree.customer],
];

let world: World;
let tree: Tree;
let api: RunningApi;
let queries: Watched[];
let admin: pg.Client;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  await plantEverywhere(world.database.adminUrl, Object.values(tree));
  admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  for (const [table, column, { id }] of growing(tree)) {
    expect({ table, count: await multiply(admin, table, { column, id }, many) }).toEqual({
      table,
      count: many + 1,
    });
  }
  await manyCustomers(tree.subDistributor.id);
  const watched = watchedDatabase(world.api);
  queries = watched.queries;
  api = await anApi({ ...world, api: watched.database }, { temporal: 'unreachable' });
}, 120_000);

afterAll(async () => {
  await api.close();
  await admin.end();
  await world.close();
});

async function manyCustomers(sellerId: string): Promise<void> {
  await admin.query(
    `with made as (
       insert into organisation (number, kind, parent_id, name, created_at)
       select 'C20261125-' || n, 'customer', $1, 'Laboratory ' || n, now() - n * interval '1 second' from generate_series(1, $2::int) n
       returning id, created_at)
     insert into customer_profile (customer_id, seller_id, source, created_at) select id, $1, 'direct', created_at from made`,
    [sellerId, many],
  );
  await admin.query('analyze organisation, customer_profile');
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Steps of a query's plan that grow with the table: a scan of all of it, or a sort of more than a few pages. */
async function growingSteps({ sql, values, organisationId }: Watched): Promise<string[]> {
  const rows = await world.api.inOrganisation({ organisationId }, (em) =>
    em.execute<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`explain (format json) ${sql}`, values),
  );
  return nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan)
    .filter((node) => {
      const isScan = node['Node Type'] === 'Seq Scan' && node['Plan Rows'] > 1_000;
      const isSort = node['Node Type'] === 'Sort' && node['Plan Rows'] > 1_000;
      return isScan || isSort;
    })
    .map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''} of ${node['Plan Rows']} rows`);
}

const lists = checkedRoutes.filter(
  (declared): declared is JsonRoute =>
    declared.kind === 'json' &&
    declared.method === 'get' &&
    !declared.path.includes(':') &&
    declared.permission !== 'public' &&
    declared.query !== undefined &&
    'limit' in (shapeOf(declared.query).properties ?? {}),
);

test.each(lists.map((declared) => [nameOf(declared), declared] as const))(
  '%s reads by an index at a hundred thousand rows, on the first page and on the next',
  async (_name, declared) => {
    for (const organisation of [tree.customer, tree.subDistributor, tree.platform]) {
      const { permission } = declared;
      const role = everyRole.find(
        (one) => one.kind === organisation.kind && one.granted.has(permission as 'cart.use'),
      );
      if (!role) continue;
      const caller = await api.as(organisation.people[role.role]!);
      queries.length = 0;
      const page = await caller.get(`${declared.path}?limit=20`);
      expect({ status: page.status, text: page.status === 200 ? '' : page.text }).toEqual({
        status: 200,
        text: '',
      });
      const { nextCursor } = page.json<{ nextCursor: string | null }>();
      if (nextCursor)
        expect((await caller.get(`${declared.path}?limit=20&cursor=${nextCursor}`)).status).toBe(200);
      for (const query of queries.filter(({ sql }) => /^\s*(select|with)/i.test(sql))) {
        expect({ sql: query.sql, steps: await growingSteps(query) }).toEqual({ sql: query.sql, steps: [] });
      }
    }
  },
);

test('a search among a hundred thousand customers uses the index of its words', async () => {
  const caller = await api.as(tree.subDistributor.people.admin!);
  const from = performance.now();
  const answer = await caller.get('/customers?search=Laboratory%2077777');
  expect(answer.json<{ items: unknown[] }>().items).toHaveLength(1);
  expect(performance.now() - from).toBeLessThan(1_000);
});
