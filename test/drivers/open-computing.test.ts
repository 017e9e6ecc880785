import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DriverError, type ProvisionRequest } from '../../activities/drivers/driver.ts';
import { openComputingDriver as driver } from '../../activities/drivers/open-computing/driver.ts';
import { verifyOpenComputingCallback } from '../../db/resources/open-computing-callback.ts';
import type { SignedMessage } from '../../db/resources/message-signature.ts';
import type { OpenComputingPool } from '../../domain/resources/open-computing.ts';
import {
  actOnInstance,
  armFault,
  clearFaults,
  createDemoSupplier,
  listCallbacks,
  listInstances,
} from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait.ts';

let sandbox: RunningSandbox;
let receiver: Receiver;
/** Opens at once, and after 100 ms. */
let prompt: OpenComputingPool;
let gradual: OpenComputingPool;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  receiver = await aReceiver('');
  const callbackUrl = `${receiver.url}/callbacks/open-computing/xyz`;
  const make = async (id: string, provisioningMilliseconds: number): Promise<OpenComputingPool> => ({
    ...(await createDemoSupplier(sandbox.controlUrl, { id, name: '星河云', provisioningMilliseconds })),
    callbackUrl,
  });
  prompt = await make('prompt', 0);
  gradual = await make('gradual', 100);
});
afterEach(() => clearFaults(sandbox.controlUrl));
afterAll(async () => {
  await sandbox.stop();
  await receiver.stop();
});

function aRequest(change: Partial<ProvisionRequest> = {}): ProvisionRequest {
  return {
    externalName: `kb-o20261124-test${String(++count).padStart(4, '0')}-1`,
    kind: 'cloud-host',
    plan: { sku: 'ch-2c4g', specification: { cores: 2, memory: 4 } },
    quantity: '1',
    customer: {
      id: '0192f0c1-0000-7000-8000-000000000001',
      number: 'C20261124-AAAAAAAA',
      name: '北辰"研究院" $(id)',
    },
    members: [
      { userId: 'u', login: 'zhangsan', name: '张三', sshKeys: ['ssh-ed25519 AAAA test'], uid: 20001 },
    ],
    project: { id: 'p', name: '默认项目' },
    at: '2026-11-24T01:30:00.000Z',
    ...change,
  };
}

function fault(
  name: string,
  request: ProvisionRequest,
  more: { times?: number; delayMilliseconds?: number } = {},
) {
  return armFault(sandbox.controlUrl, { service: 'supplier', name, match: request.externalName, ...more });
}

const instancesOf = (supplier: string, request: ProvisionRequest) =>
  listInstances(sandbox.controlUrl, supplier, request.externalName);

/** Callbacks about one request, as the product's route would see them. */
function callbacksOf(request: ProvisionRequest): SignedMessage[] {
  return receiver.received
    .filter((post) => post.body.includes(request.externalName))
    .map(({ path, headers, body }) => ({
      method: 'POST',
      authority: headers.host!,
      target: path,
      body,
      headers: headers as Record<string, string>,
    }));
}

async function failure(work: Promise<unknown>): Promise<{ code: string; retry: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DriverError)) throw new Error(`no DriverError: ${String(error)}`);
  return { code: error.code, retry: error.retry };
}

const active = {
  state: 'active',
  access: {
    address: expect.stringMatching(/^198\.51\.100\./),
    port: 22,
    user: 'root',
    password: expect.any(String),
  },
  facts: expect.objectContaining({ instanceId: expect.stringMatching(/^i-/), region: 'cn-east-1' }),
};

describe('opening', () => {
  it('gives access at once when the supplier is that fast', async () => {
    expect(await driver.open(prompt, aRequest())).toEqual(active);
  });

  it('waits for a slow supplier, is told by a signed callback, and reads the access itself', async () => {
    const request = aRequest();
    expect(await driver.open(gradual, request)).toEqual({ state: 'pending', waitsFor: 'supplier' });
    await waitFor('callback', () => callbacksOf(request).length === 1);
    const message = callbacksOf(request)[0]!;
    expect(message.body).not.toContain('password');
    expect(verifyOpenComputingCallback(message, gradual, new Date())).toEqual({
      genuine: true,
      event: {
        eventId: expect.stringMatching(/^evt-/),
        externalName: request.externalName,
        state: 'active',
        occurredAt: expect.any(String),
      },
    });
    expect(verifyOpenComputingCallback(message, prompt, new Date())).toEqual({
      genuine: false,
      refusal: 'UNKNOWN_KEY',
    });
    expect(await driver.lookUp(gradual, request.externalName)).toEqual(active);
    await waitFor('delivered', async () => {
      const [callback] = await listCallbacks(sandbox.controlUrl, 'gradual', request.externalName);
      return callback?.state === 'delivered';
    });
  });

  it('is the same instance however often it is asked', async () => {
    const request = aRequest();
    const first = await driver.open(prompt, request);
    expect(await driver.open(prompt, request)).toEqual(first);
    expect(await Promise.all([1, 2, 3].map(() => driver.open(prompt, request)))).toEqual([
      first,
      first,
      first,
    ]);
    expect(await instancesOf('prompt', request)).toHaveLength(1);
  });

  it('tells the supplier no names of people', async () => {
    const request = aRequest();
    await driver.open(prompt, request);
    const [instance] = await instancesOf('prompt', request);
    expect(JSON.parse(instance!.requested)).toEqual({
      externalName: request.externalName,
      kind: 'cloud-host',
      sku: 'ch-2c4g',
      specification: { cores: 2, memory: 4 },
      quantity: '1',
      customer: { number: 'C20261124-AAAAAAAA' },
      members: [{ login: 'zhangsan', sshKeys: ['ssh-ed25519 AAAA test'] }],
      callbackUrl: prompt.callbackUrl,
    });
  });
});

describe('an unknown outcome', () => {
  it.each(['lost-answer', 'error-500-after'])('adopts what was opened under our name: %s', async (name) => {
    const request = aRequest();
    await fault(name, request);
    expect(await driver.open(prompt, request)).toEqual(active);
    expect(await instancesOf('prompt', request)).toHaveLength(1);
  });

  it.each(['lost-request', 'error-500', 'html-200'])(
    'is left to a later look when nothing is found: %s',
    async (name) => {
      const request = aRequest();
      await fault(name, request);
      expect(await failure(driver.open(prompt, request))).toEqual({
        code: 'NO_VALID_ANSWER',
        retry: 'look-up',
      });
      expect(await driver.lookUp(prompt, request.externalName)).toEqual({ state: 'absent' });
      expect(await driver.open(prompt, request)).toEqual(active);
      expect(await instancesOf('prompt', request)).toHaveLength(1);
    },
  );

  it('stays unknown while the supplier cannot be asked either', async () => {
    const request = aRequest();
    await fault('error-500', request, { times: 2 });
    expect(await failure(driver.open(prompt, request))).toEqual({
      code: 'NO_VALID_ANSWER',
      retry: 'look-up',
    });
  });

  it('gives up waiting for an answer and adopts', async () => {
    const request = aRequest();
    await fault('slow-answer', request, { delayMilliseconds: 600 });
    const hasty = { ...prompt, answerTimeoutMilliseconds: 200 };
    expect(await failure(driver.open(hasty, request))).toEqual({ code: 'NO_VALID_ANSWER', retry: 'look-up' });
    await waitFor(
      'opened late',
      async () => (await driver.lookUp(prompt, request.externalName)).state === 'active',
    );
    expect(await driver.open(prompt, request)).toEqual(active);
    expect(await instancesOf('prompt', request)).toHaveLength(1);
  });

  it('of a supplier that is not there is no refusal', async () => {
    const gone = { ...prompt, baseUrl: 'http://127.0.0.1:9/v1' };
    expect(await failure(driver.open(gone, aRequest()))).toEqual({
      code: 'NO_VALID_ANSWER',
      retry: 'look-up',
    });
    expect(await failure(driver.lookUp(gone, 'kb-x-1'))).toEqual({ code: 'NO_VALID_ANSWER', retry: 'safe' });
    expect(await failure(driver.close(gone, 'kb-x-1'))).toEqual({ code: 'NO_VALID_ANSWER', retry: 'safe' });
  });
});

describe('a refusal', () => {
  it('for lack of stock is definite, and nothing is left behind', async () => {
    const request = aRequest();
    await fault('out-of-stock', request);
    expect(await failure(driver.open(prompt, request))).toEqual({ code: 'OUT_OF_STOCK', retry: 'never' });
    expect(await instancesOf('prompt', request)).toEqual([]);
  });

  it('for an unknown plan or changed content under the same name is definite', async () => {
    const unknown = aRequest({ plan: { sku: 'no-such', specification: {} } });
    expect(await failure(driver.open(prompt, unknown))).toEqual({ code: 'UNKNOWN_SKU', retry: 'never' });
    const request = aRequest();
    await driver.open(prompt, request);
    const changed = driver.open(prompt, { ...request, quantity: '2' });
    expect(await failure(changed)).toEqual({ code: 'IDEMPOTENCY_CONFLICT', retry: 'never' });
  });

  it('for too many calls may be repeated', async () => {
    const request = aRequest();
    await fault('rate-limited', request);
    expect(await failure(driver.open(prompt, request))).toEqual({ code: 'RATE_LIMITED', retry: 'safe' });
    expect(await driver.open(prompt, request)).toEqual(active);
  });

  it('for a wrong key is definite', async () => {
    const wrong = { ...prompt, privateKey: gradual.privateKey };
    expect(await failure(driver.open(wrong, aRequest()))).toEqual({ code: 'BAD_SIGNATURE', retry: 'never' });
  });

  it('after taking the order is told as failed, with the reason', async () => {
    const later = aRequest();
    await fault('provisioning-fails', later);
    await driver.open(gradual, later);
    const failed = { state: 'failed', reason: 'HARDWARE_FAULT 宿主机故障，开通失败' };
    await waitFor(
      'failed',
      async () => (await driver.lookUp(gradual, later.externalName)).state === 'failed',
    );
    expect(await driver.lookUp(gradual, later.externalName)).toEqual(failed);
    const atOnce = aRequest();
    await fault('provisioning-fails', atOnce);
    expect(await failure(driver.open(prompt, atOnce))).toEqual({ code: 'SUPPLIER_FAILED', retry: 'never' });
  });
});

describe('callbacks', () => {
  it('may come twice with one id', async () => {
    const request = aRequest();
    await fault('duplicate-callback', request);
    await driver.open(gradual, request);
    await waitFor('two callbacks', () => callbacksOf(request).length === 2);
    const ids = callbacksOf(request).map(({ body }) => (JSON.parse(body) as { eventId: string }).eventId);
    expect(ids[0]).toBe(ids[1]);
  });

  it('of a forger are refused', async () => {
    const request = aRequest();
    await fault('forged-callback', request);
    await fault('no-callback', request);
    await driver.open(gradual, request);
    await waitFor('forged callback', () => callbacksOf(request).length === 1);
    const verdict = verifyOpenComputingCallback(callbacksOf(request)[0]!, gradual, new Date());
    expect(verdict).toEqual({ genuine: false, refusal: 'BAD_SIGNATURE' });
  });

  it('may never come: polling finds what a person finished', async () => {
    const request = aRequest();
    await fault('stuck', request);
    await fault('no-callback', request);
    await driver.open(gradual, request);
    expect(await driver.lookUp(gradual, request.externalName)).toEqual({
      state: 'pending',
      waitsFor: 'supplier',
    });
    await actOnInstance(sandbox.controlUrl, 'gradual', request.externalName, 'finish');
    expect(await driver.lookUp(gradual, request.externalName)).toEqual(active);
    expect(callbacksOf(request)).toEqual([]);
  });
});

describe('closing', () => {
  it('releases, may be repeated, and is done for what never was', async () => {
    const request = aRequest();
    await driver.open(prompt, request);
    await driver.close(prompt, request.externalName);
    await driver.close(prompt, request.externalName);
    expect(await driver.lookUp(prompt, request.externalName)).toEqual({ state: 'absent' });
    expect((await instancesOf('prompt', request))[0]).toMatchObject({ state: 'released' });
    await driver.close(prompt, 'kb-never-1');
    expect(await failure(driver.open(prompt, request))).toEqual({ code: 'ALREADY_RELEASED', retry: 'never' });
  });

  it('is repeated after a lost answer', async () => {
    const request = aRequest();
    await driver.open(prompt, request);
    await fault('lost-answer', request);
    expect(await failure(driver.close(prompt, request.externalName))).toEqual({
      code: 'NO_VALID_ANSWER',
      retry: 'safe',
    });
    await driver.close(prompt, request.externalName);
    expect((await instancesOf('prompt', request))[0]).toMatchObject({ state: 'released' });
  });
});
