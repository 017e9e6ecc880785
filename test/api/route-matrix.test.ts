import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { permissions } from '../../domain/identity/permissions.ts';
import { anApi, type Caller, type RunningApi } from '../support/api.ts';
import {
  checkedRoutes,
  everyRole,
  nameOf,
  pathOf,
  sampleCall,
  type CheckedRoute,
} from '../support/route-table.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../support/world.ts';

let world: World;
let tree: Tree;
let api: RunningApi;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  api = await anApi(world, { temporal: 'unreachable' });
});

afterAll(async () => {
  await api.close();
  await world.close();
});

interface Verdict {
  who: string;
  status: number;
  code: string | undefined;
  message: string | undefined;
}

/** Calls a route with inputs that fit its schemas and ids that nobody has; a stream is left as soon as it opens. */
async function tryRoute(declared: CheckedRoute, who: string, caller: Caller): Promise<Verdict> {
  const { params, query, body } = sampleCall(declared);
  const path = pathOf(declared, (name) => params[name]!) + query;
  const headers = { 'Idempotency-Key': `matrix ${who}`.replaceAll(' ', '-') };
  if (declared.kind === 'stream') return { who, ...(await openStream(path, caller)) };
  const options = { headers, ...(body === undefined ? {} : { body }) };
  const answer = await caller.call(declared.method.toUpperCase(), path, options);
  const { code, message } = answer.json<{ code?: string; message?: string }>();
  return { who, status: answer.status, code, message };
}

async function openStream(path: string, caller: Caller): Promise<Omit<Verdict, 'who'>> {
  const abort = new AbortController();
  const cookie = [...caller.cookies].map((pair) => pair.join('=')).join('; ');
  const response = await fetch(`${api.url}/api/v1${path}`, { headers: { cookie }, signal: abort.signal });
  if (response.ok) {
    abort.abort();
    return { status: response.status, code: undefined, message: undefined };
  }
  const { code, message } = (await response.json()) as { code: string; message: string };
  return { status: response.status, code, message };
}

/** What the table of permissions says must happen. */
function expectedOf(
  declared: CheckedRoute,
  granted: ReadonlySet<string> | null,
): 'admitted' | 'stranger' | 'forbidden' {
  if (declared.permission === 'public') return 'admitted';
  if (granted === null) return 'stranger';
  return declared.permission === 'signed-in' || granted.has(declared.permission) ? 'admitted' : 'forbidden';
}

function happened(declared: CheckedRoute, { status, code, message }: Verdict): string {
  if (code === 'SIGN_IN_REQUIRED' && status === 401) return 'stranger';
  if (code === 'FORBIDDEN' && status === 403) {
    const { permission } = declared;
    const isNamed = permission in permissions && message!.includes(permissions[permission as 'cart.use'].zh);
    return isNamed ? 'forbidden' : `forbidden without a reason: ${message}`;
  }
  // Temporal is away, so that nothing is started: whoever gets this far was admitted.
  const isAway = code === 'TEMPORARILY_UNAVAILABLE' && declared.method !== 'get';
  return status < 500 || isAway ? 'admitted' : `failed with ${status} ${code}`;
}

describe('each role may do what the table says, and nothing else', () => {
  test.each(checkedRoutes.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const everybody = await Promise.all(
        everyRole.map(async ({ kind, role, granted }) => {
          const organisation = Object.values(tree).find((one) => one.kind === kind)!;
          return { who: `${kind} ${role}`, granted, caller: await api.as(organisation.people[role]!) };
        }),
      );
      const callers = [{ who: 'nobody', granted: null, caller: api.anonymous() }, ...everybody];
      const verdicts = await Promise.all(callers.map(({ who, caller }) => tryRoute(declared, who, caller)));
      const expected = callers.map(({ who, granted }) => `${who}: ${expectedOf(declared, granted)}`);
      const failures = verdicts.filter(({ code }) => code === 'INTERNAL');
      expect(failures.length > 0 ? api.log.map(({ err }) => err) : []).toEqual([]);
      expect(verdicts.map((verdict) => `${verdict.who}: ${happened(declared, verdict)}`)).toEqual(expected);
    },
  );
});

test('each permission is held by somebody, and each route declares one', () => {
  const held = new Set(everyRole.flatMap(({ granted }) => [...granted]));
  expect(Object.keys(permissions).filter((permission) => !held.has(permission as 'cart.use'))).toEqual([]);
  expect(checkedRoutes.filter(({ permission }) => !permission).map(nameOf)).toEqual([]);
});
