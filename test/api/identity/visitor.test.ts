import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { identify } from '../../../api/identity/identify.ts';
import { originFor } from '../../../api/payments/return-address.ts';
import { route } from '../../../api/route.ts';
import { routes } from '../../../api/routes.ts';
import { buildServer } from '../../../api/server.ts';
import type { SiteRequest } from '../../../api/visitor.ts';
import { z } from 'zod';
import { anApi, type RunningApi } from '../../support/api.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

const shop = 'shop.two.example';
let world: World;
let tree: Tree;
let api: RunningApi;
let server: ReturnType<typeof buildServer>;
let port: number;

/** Does what the site does while it renders a page: asks the api of its own process for its visitor. */
const site: RequestHandler = (request, response, next) => {
  const headers = (request as SiteRequest).innerHeaders ?? {};
  fetch(`http://127.0.0.1:${port}/api/v1${request.path}`, { headers })
    .then(async (answer) => void response.json(await answer.json()))
    .catch(next);
};

/** Where the caller seems to come from, for the test. */
const whoRoute = route({
  method: 'get',
  path: '/who',
  permission: 'public',
  summary: 'test',
  response: z.object({ host: z.string(), address: z.string() }),
  handler: ({ host, address }) => Promise.resolve({ host, address }),
});

/** Where a cashier would send this customer back to. */
const backRoute = route({
  method: 'get',
  path: '/back',
  permission: 'recharge.create',
  summary: 'test',
  response: z.object({ origin: z.string() }),
  handler: async (context) => ({ origin: await originFor(context) }),
});

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  await world.sql('update storefront set host = ? where code = ?', [shop, 'd-two']);
  api = await anApi(world, { temporal: 'unreachable' });
  server = buildServer(api.services, { routes: [...routes, whoRoute, backRoute], identify, site });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api?.close();
  await world?.close();
});

/** GET with a Host header of one's own, which `fetch` does not promise to send. */
function get(path: string, headers: Record<string, string>): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += String(chunk)));
      answer.on('end', () => resolve(JSON.parse(text) as Record<string, unknown>));
    })
      .on('error', reject)
      .end();
  });
}
const codeOf = async (path: string, headers: Record<string, string>): Promise<string> =>
  ((await get(path, headers))['storefront'] as { code: string }).code;

describe('with no trusted proxy', () => {
  test('a page asks the api in the name of its visitor', async () => {
    expect(await codeOf('/session', { host: shop })).toBe('d-two');
    expect(await codeOf('/session', { host: `${shop}:8443` })).toBe('d-two');
    expect(await codeOf('/session', { host: 'elsewhere.example' })).toBe('platform');
    expect(await get('/who', { host: shop })).toEqual({ host: shop, address: '127.0.0.1' });
  });

  test.each(['/session', '/api/v1/session'])('forged headers change nothing at %s', async (path) => {
    for (const secret of ['', 'x', 'A'.repeat(43)]) {
      const forged = { 'x-kboss-inner': secret, 'x-kboss-host': shop, 'x-forwarded-host': shop };
      expect(await codeOf(path, { host: 'kboss.example', ...forged })).toBe('platform');
    }
    const addresses = { 'x-kboss-inner': 'x', 'x-kboss-address': '9.9.9.9', 'x-forwarded-for': '9.9.9.9' };
    const who = path.replace('session', 'who');
    expect(await get(who, { host: 'kboss.example', ...addresses })).toMatchObject({ address: '127.0.0.1' });
  });
});

describe('a cashier sends a customer back', () => {
  const backOf = async (host: string): Promise<unknown> => {
    const caller = await api.as(tree.customer.people['customer-admin']!);
    const cookie = [...caller.cookies].map((pair) => pair.join('=')).join('; ');
    return (await get('/api/v1/back', { host, cookie }))['origin'];
  };

  test('to the storefront they came by, else to the public address', async () => {
    const address = new URL(api.services.configuration.publicUrl);
    expect(await backOf(`${shop}:1`)).toBe(address.origin.replace(address.hostname, shop));
    expect(await backOf('evil.example')).toBe(api.services.configuration.publicUrl);
    await world.sql('update storefront set host = ? where code = ?', ['other.example', 'd-one']);
    expect(await backOf('other.example')).toBe(api.services.configuration.publicUrl);
  });
});
