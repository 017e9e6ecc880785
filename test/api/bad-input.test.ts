import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorRegistry } from '../../domain/errors.ts';
import type { JsonRoute } from '../../api/route.ts';
import { anApi, type Answer, type Caller, type RunningApi } from '../support/api.ts';
import { badInputsOf, shapeOf } from '../support/inputs.ts';
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
const callers = new Map<string, Caller>();

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  api = await anApi(world, { temporal: 'unreachable' });
  for (const { kind, role } of everyRole) {
    const organisation = Object.values(tree).find((one) => one.kind === kind)!;
    callers.set(`${kind} ${role}`, await api.as(organisation.people[role]!));
  }
});

afterAll(async () => {
  await api.close();
  await world.close();
});

/** Somebody whom the route admits, so that its input is looked at. */
function callerOf(declared: CheckedRoute): Caller {
  const { permission } = declared;
  if (permission === 'public') return api.anonymous();
  const admitted = everyRole.find(({ granted }) => permission === 'signed-in' || granted.has(permission))!;
  return callers.get(`${admitted.kind} ${admitted.role}`)!;
}

/** A refusal that a person can act on: code, text and field texts in the language asked for, and nothing logged. */
function expectRefusal(what: string, answer: Answer, language: 'zh' | 'en'): void {
  const { code, message, fields, requestId } = answer.json<{
    code: string;
    message: string;
    fields?: Record<string, string>;
    requestId: string;
  }>();
  const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
  const texts = [message ?? '', ...Object.values(fields ?? {})];
  const is4xx = answer.status >= 400 && answer.status < 500;
  const log = api.log.splice(0);
  expect({ what, status: answer.status, is4xx, code, isKnown: code in errorRegistry, log }).toMatchObject({
    what,
    is4xx: true,
    isKnown: true,
    log: [],
  });
  expect({ what, texts, language: texts.map((text) => (isChinese(text) ? 'zh' : 'en')) }).toEqual({
    what,
    texts,
    language: texts.map(() => language),
  });
  expect(requestId).toBe(answer.headers.get('X-Request-Id'));
}

const languages = ['zh', 'en'] as const;
const headersOf = (language: string) => ({
  'Accept-Language': language,
  'Idempotency-Key': 'bad-input-test',
});

const withBody = checkedRoutes.filter(
  (declared): declared is JsonRoute => declared.kind === 'json' && declared.body !== undefined,
);

describe('a body that is not right is refused', () => {
  test.each(withBody.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const call = sampleCall(declared);
      const path = pathOf(declared, (name) => call.params[name]!);
      const caller = callerOf(declared);
      const right = declared.body!.safeParse(call.body);
      // What a rule of several fields asks for is not in the shape; but for that, one part at a time is wrong.
      expect((right.error?.issues ?? []).filter(({ code }) => code !== 'custom')).toEqual([]);
      const bad = badInputsOf(shapeOf(declared.body!));
      expect(bad.length).toBeGreaterThan(5);
      for (const [index, { what, value }] of bad.entries()) {
        const language = languages[index % 2]!;
        const options = { headers: headersOf(language), body: value };
        expectRefusal(what, await caller.call(declared.method.toUpperCase(), path, options), language);
      }
    },
  );
});

describe('bytes that are no JSON object are refused', () => {
  const deep = '['.repeat(60_000) + ']'.repeat(60_000);
  const raws: [string, string | Uint8Array<ArrayBuffer>][] = [
    ['nothing', ''],
    ['broken', '{"a":'],
    ['bad UTF-8', Uint8Array.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['UTF-16', Uint8Array.from(Buffer.from('{"a":1}', 'utf16le'))],
    ['deeply nested', deep],
    ['half a megabyte', JSON.stringify({ a: 'x'.repeat(500_000) })],
    ['a number that is none', '{"a":NaN}'],
    ['a prototype', '{"__proto__":{"isAdmin":true}}'],
  ];
  test.each(withBody.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const path = pathOf(declared, (name) => sampleCall(declared).params[name]!);
      // A body of which nothing is needed may be left out.
      const refused = raws.filter(([what]) => what !== 'nothing' || !declared.body!.safeParse({}).success);
      for (const [index, [what, raw]] of refused.entries()) {
        const language = languages[index % 2]!;
        const headers = { 'Content-Type': 'application/json', ...headersOf(language) };
        const answer = await callerOf(declared).call(declared.method.toUpperCase(), path, { headers, raw });
        expectRefusal(what, answer, language);
      }
    },
  );
});

describe('parameters that are not right are refused', () => {
  const withParams = checkedRoutes.filter(({ path }) => path.includes(':'));
  const bad = [
    '%00',
    '%FF%FE',
    'x'.repeat(3_000),
    "'; drop table session; --",
    '..%2F..%2Fetc',
    '%F0%9F%92%A9',
    '-1',
  ];
  test.each(withParams.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const { body, query } = sampleCall(declared);
      for (const [index, text] of bad.entries()) {
        const path = declared.path.replace(/:\w+/g, text) + query;
        const language = languages[index % 2]!;
        const options = { headers: headersOf(language), ...(body === undefined ? {} : { body }) };
        const answer = await callerOf(declared).call(declared.method.toUpperCase(), path, options);
        expectRefusal(text, answer, language);
      }
    },
  );

  const withQuery = checkedRoutes.filter(({ query }) => query !== undefined);
  test.each(withQuery.map((declared) => [nameOf(declared), declared] as const))(
    '%s',
    async (_name, declared) => {
      const call = sampleCall(declared);
      const path = pathOf(declared, (name) => call.params[name]!);
      const shape = shapeOf(declared.query!);
      const spoilt = Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
        const values = ['%00', 'x'.repeat(3_000), `1&${name}=2`];
        if (inner.type === 'integer') values.push('abc', '-1', '1e9', '1.5', '9'.repeat(40));
        if (inner.enum ?? inner.format) values.push('no-such-thing', '');
        return values.map((value) => `${name}=${value}`);
      });
      for (const [index, text] of ['nobodyKnowsThis=1', ...spoilt].entries()) {
        const language = languages[index % 2]!;
        const headers = headersOf(language);
        const url = `${path}${call.query || '?'}${call.query ? '&' : ''}${text}`;
        expectRefusal(text, await callerOf(declared).call('GET', url, { headers }), language);
      }
    },
  );
});
