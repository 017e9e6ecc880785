import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonRoute } from '../../api/route.ts';
import { anApi, type Answer, type Caller, type RunningApi } from '../support/api.ts';
import { shapeOf } from '../support/inputs.ts';
import { plantEverywhere, type Planted } from '../support/planting.ts';
import { checkedRoutes, everyRole, nameOf, pathOf, sampleCall } from '../support/route-table.ts';
import { anEmptyWorld, aTree, type Organisation, type Tree, type World } from '../support/world.ts';

let world: World;
let tree: Tree;
let api: RunningApi;
let planted: Planted[];

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  ({ planted } = await plantEverywhere(world.database.adminUrl, Object.values(tree)));
  api = await anApi(world, { temporal: 'unreachable' });
});

afterAll(async () => {
  await api.close();
  await world.close();
});

const routes = checkedRoutes.filter((declared): declared is JsonRoute => declared.kind === 'json');

/** Whoever trades with another sees what they share. */
function areParties(one: Organisation, other: Organisation): boolean {
  const isSupply = [one, other].every(({ kind }) => kind === 'platform' || kind === 'supplier');
  return one.id === other.id || one.parentId === other.id || other.parentId === one.id || isSupply;
}

/** What must not be found in answers to others: words, amounts, names, numbers of people and of the organisation. */
function canariesOf({ word, digits, organisation }: Planted): string[] {
  const people = Object.values(organisation.people).flatMap(({ name, phone, id }) => [name, phone, id]);
  return [word, digits, organisation.name, organisation.number, organisation.id, ...people];
}

function expectNoCanaries(
  what: string,
  to: Organisation,
  answer: Answer,
  sent: readonly string[] = [],
): void {
  const found = planted
    .filter(({ organisation }) => !areParties(to, organisation))
    .flatMap(canariesOf)
    .filter((canary) => answer.text.includes(canary) && !sent.includes(canary));
  expect({ what, to: to.name, found }).toEqual({ what, to: to.name, found: [] });
}

/** Somebody of the organisation whom the route admits. */
async function admittedOf(declared: JsonRoute, { kind, people }: Organisation): Promise<Caller | null> {
  const { permission } = declared;
  const found = everyRole.find(
    (one) => one.kind === kind && (permission === 'signed-in' || one.granted.has(permission as 'cart.use')),
  );
  return found ? api.as(people[found.role]!) : null;
}

/** What planted rows and people are called by in paths: numbers, codes or ids, those of likely tables first. */
function namesFor(
  declared: JsonRoute,
  parameter: string,
  { rows, organisation }: Planted,
): { table: string; value: string }[] {
  const people = Object.values(organisation.people).map(({ id }) => ({ table: 'membership', value: id }));
  const stem = declared.path.split('/')[1]!.replace(/e?s$/, '').replaceAll('-', '_');
  const column = parameter.toLowerCase().endsWith('id') ? 'id' : parameter;
  const named = [...rows].flatMap(([table, row]) => {
    const value = row[column] ?? (column === 'number' ? row.order_number : undefined);
    return typeof value === 'string' ? [{ table, value }] : [];
  });
  const own = [{ table: 'organisation', value: organisation.id }, ...(column === 'id' ? people : [])];
  return [...named, ...own].sort((a, b) => Number(b.table.includes(stem)) - Number(a.table.includes(stem)));
}

async function callWith(declared: JsonRoute, caller: Caller, value: string, id?: string): Promise<Answer> {
  const { query, body } = sampleCall(declared, id === undefined ? undefined : () => id);
  return caller.call(declared.method.toUpperCase(), pathOf(declared, () => value) + query, {
    headers: { 'Idempotency-Key': randomUUID() },
    ...(body === undefined ? {} : { body }),
  });
}

describe('a thing of somebody else does not exist for a stranger, and does for its owner', () => {
  const withThing = routes.filter(({ path, permission }) => path.includes(':') && permission !== 'public');

  test.each(withThing.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const parameter = /:(\w+)/.exec(declared.path)![1]!;
      const known = await whereItFinds(declared, parameter);
      expect(known).not.toBeNull();
      for (const stranger of [tree.strangersCustomer, tree.stranger, tree.resourceSupplier, tree.platform]) {
        const caller = await admittedOf(declared, stranger);
        if (!caller) continue;
        const victims = planted.filter(({ organisation }) => !areParties(stranger, organisation));
        const things = victims.flatMap((victim) =>
          namesFor(declared, parameter, victim).filter(
            ({ table }) => table === known || table === 'organisation',
          ),
        );
        const answers = await Promise.all(things.map(({ value }) => callWith(declared, caller, value)));
        for (const [index, answer] of answers.entries()) {
          const { table, value } = things[index]!;
          const isUnknown = answer.status === 404 || answer.status === 422;
          const what = `${table} ${value} for ${stranger.name}`;
          expect({ what, status: answer.status, text: isUnknown ? '' : answer.text }).toMatchObject({
            what,
            text: '',
          });
          expectNoCanaries(what, stranger, answer, [value]);
        }
      }
    },
  );

  /** The table whose rows the route knows: an owner is answered anything but "not found" there. */
  async function whereItFinds(declared: JsonRoute, parameter: string): Promise<string | null> {
    for (const owner of planted) {
      const caller = await admittedOf(declared, owner.organisation);
      for (const { table, value } of caller ? namesFor(declared, parameter, owner) : []) {
        const answer = await callWith(declared, caller!, value);
        expectNoCanaries(table, owner.organisation, answer);
        if (answer.status !== 404) return table;
      }
    }
    return null;
  }
});

describe('ids of somebody else in a body are refused', () => {
  const withIds = routes.filter(({ body, permission }) => {
    return body !== undefined && permission !== 'public' && JSON.stringify(shapeOf(body)).includes('"uuid"');
  });
  test.each(withIds.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      for (const stranger of [tree.strangersCustomer, tree.stranger]) {
        const caller = await admittedOf(declared, stranger);
        if (!caller) continue;
        for (const victim of [tree.customer, tree.subDistributor]) {
          const { rows, organisation } = planted.find(({ organisation: { id } }) => id === victim.id)!;
          const people = Object.values(organisation.people).map(({ id }) => id);
          const ids = [...rows.values()].map(({ id }) => id).filter((id) => typeof id === 'string');
          const foreign = [organisation.id, ...people.slice(0, 1), ...ids];
          const answers = await Promise.all(foreign.map((id) => callWith(declared, caller, id, id)));
          for (const [index, answer] of answers.entries()) {
            const what = `${foreign[index]} of ${organisation.name}`;
            const isAway = answer.status === 503 && answer.body.code === 'TEMPORARILY_UNAVAILABLE';
            const isRefused = isAway || (answer.status >= 400 && answer.status < 500);
            expect({ what, text: isRefused ? '' : answer.text }).toEqual({ what, text: '' });
            expectNoCanaries(what, stranger, answer, [foreign[index]!]);
          }
        }
      }
    },
  );
});

describe('no answer to anybody holds a word, an amount or a name of somebody with whom they do not trade', () => {
  const reading = routes.filter(({ method, path }) => method === 'get' && !path.includes(':'));

  test.each(everyRole.map(({ kind, role }) => [`${kind} ${role}`, kind, role] as const))(
    '%s',
    async (_who, kind, role) => {
      let ownWords = 0;
      for (const own of planted.filter(({ organisation }) => organisation.kind === kind)) {
        const { organisation } = own;
        const caller = await api.as(organisation.people[role]!);
        const answers = await Promise.all(
          reading.map((declared) => {
            const { query } = sampleCall(declared);
            const limited = declared.query && 'limit' in (shapeOf(declared.query).properties ?? {});
            return caller.get(`${declared.path}${query || (limited ? '?limit=100' : '')}`);
          }),
        );
        for (const [index, answer] of answers.entries()) {
          const what = nameOf(reading[index]!);
          expect({ what, text: answer.status < 500 ? '' : answer.text }).toEqual({ what, text: '' });
          expectNoCanaries(what, organisation, answer);
          ownWords += answer.text.includes(own.word) ? 1 : 0;
        }
      }
      expect(ownWords).toBeGreaterThan(0);
    },
  );
});
