import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { openComputingDriver } from '../../activities/drivers/open-computing/driver.ts';
import { callSupplier } from '../../activities/drivers/open-computing/client.ts';
import type { OpenComputingPool } from '../../domain/resources/open-computing.ts';
import { armFault, createDemoSupplier, listInstances } from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait.ts';

const path = new URL('../../docs/open-computing.openapi.yaml', import.meta.url);
const text = readFileSync(path, 'utf8').replaceAll('#/components/schemas/', '#/$defs/');
const document = parse(text) as {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, object> };
};

/** Throws with every deviation of a value from a schema of the document. */
function check(schema: string, value: unknown): void {
  const { schemas } = document.components;
  z.fromJSONSchema({ ...schemas[schema], $defs: schemas } as Parameters<typeof z.fromJSONSchema>[0]).parse(
    value,
  );
}

let sandbox: RunningSandbox;
let receiver: Receiver;
let pool: OpenComputingPool;

beforeAll(async () => {
  sandbox = await startSandbox();
  receiver = await aReceiver('');
  const supplier = { id: 'galaxy', name: '星河云', provisioningMilliseconds: 20 };
  pool = { ...(await createDemoSupplier(sandbox.controlUrl, supplier)), callbackUrl: receiver.url };
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.stop();
});

const request = {
  externalName: 'kb-o20261124-contract-1',
  kind: 'cloud-host' as const,
  plan: { sku: 'ch-2c4g', specification: { cores: 2 } },
  quantity: '1',
  customer: { id: 'c', number: 'C20261124-AAAAAAAA', name: '客户' },
  members: [{ userId: 'u', login: 'zhangsan', name: '张三', sshKeys: ['ssh-ed25519 AAAA'], uid: 20001 }],
  project: { id: 'p', name: '默认项目' },
  at: '2026-11-24T01:30:00.000Z',
};

describe('docs/open-computing.openapi.yaml', () => {
  it('refuses what it does not describe', () => {
    expect(() => check('Stock', { sku: 'a', available: 1 })).not.toThrow();
    expect(() => check('Stock', { sku: 'a', available: -1 })).toThrow();
    expect(() => check('Problem', { code: 'SOMETHING', message: '' })).toThrow();
    expect(() => check('Instance', { externalName: 'a' })).toThrow();
  });

  it('describes what our driver asks and what the supplier answers and tells', async () => {
    await openComputingDriver.open(pool, request);
    const [instance] = await listInstances(sandbox.controlUrl, 'galaxy', request.externalName);
    check('OpenInstance', JSON.parse(instance!.requested));
    await waitFor('callback', () => receiver.received.length > 0);
    check('InstanceEvent', JSON.parse(receiver.received[0]!.body));
    const read = await callSupplier(pool, { method: 'GET', path: `/instances/${request.externalName}` });
    expect(read.status).toBe(200);
    check('Instance', read.body);
    check('Catalogue', (await callSupplier(pool, { method: 'GET', path: '/catalogue' })).body);
    check('Stock', (await callSupplier(pool, { method: 'GET', path: '/stock/ch-2c4g' })).body);
    const released = await callSupplier(pool, {
      method: 'DELETE',
      path: `/instances/${request.externalName}`,
    });
    check('Instance', released.body);
  });

  it('lists every refusal', async () => {
    const post = { method: 'POST', path: '/instances', idempotencyKey: 'kb-refused-1' } as const;
    const body = { externalName: 'kb-refused-1', sku: 'ch-2c4g', quantity: '1' };
    const refusals = [
      { status: 422, code: 'INVALID_REQUEST', call: () => callSupplier(pool, { ...post, body: {} }) },
      {
        status: 422,
        code: 'UNKNOWN_SKU',
        call: () => callSupplier(pool, { ...post, body: { ...body, sku: 'no' } }),
      },
      {
        status: 404,
        code: 'UNKNOWN_SKU',
        call: () => callSupplier(pool, { method: 'GET', path: '/stock/no' }),
      },
      {
        status: 404,
        code: 'INSTANCE_NOT_FOUND',
        call: () => callSupplier(pool, { method: 'GET', path: '/instances/no' }),
      },
      {
        status: 401,
        code: 'UNKNOWN_KEY',
        call: () => callSupplier({ ...pool, keyId: 'somebody' }, { method: 'GET', path: '/catalogue' }),
      },
    ];
    for (const { status, code, call } of refusals) {
      const answer = await call();
      check('Problem', answer.body);
      expect(answer).toMatchObject({ status, body: { code } });
    }
    for (const [fault, code] of [
      ['out-of-stock', 'OUT_OF_STOCK'],
      ['rate-limited', 'RATE_LIMITED'],
    ] as const) {
      await armFault(sandbox.controlUrl, { service: 'supplier', name: fault });
      const answer = await callSupplier(pool, { ...post, body });
      check('Problem', answer.body);
      expect(answer.body).toMatchObject({ code });
    }
  });

  it('names no path that the supplier does not serve', async () => {
    for (const [template, operations] of Object.entries(document.paths)) {
      for (const method of ['get', 'post', 'delete'].filter((one) => one in operations)) {
        const url = `${pool.baseUrl}${template.replace(/\{\w+\}/, 'x')}`;
        const answer = await fetch(url, { method });
        expect({ template, method, status: answer.status }).toEqual({ template, method, status: 401 });
      }
    }
  });
});
