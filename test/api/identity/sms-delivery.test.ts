import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AliyunSmsBinding } from '../../../domain/notifications/bindings.ts';
import { armFault, clearFaults, createDemoSmsAccount, readPhone } from '../../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { anApi, type RunningApi } from '../../support/api.ts';
import { aTrade, type Trade } from '../../support/trade.ts';
import { waitFor } from '../../support/wait.ts';

let sandbox: RunningSandbox;
let trade: Trade;
let api: RunningApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  trade = await aTrade();
  await bind(trade.tree.platform.id, await createDemoSmsAccount(sandbox.controlUrl, '开元云'));
  await trade.work();
  api = await anApi(trade.world, { taskQueue: trade.taskQueue });
}, 120_000);

afterEach(() => clearFaults(sandbox.controlUrl));

afterAll(async () => {
  await api.close();
  await trade.close();
  await sandbox.stop();
});

async function bind(organisationId: string, binding: AliyunSmsBinding): Promise<void> {
  const id = randomUUID();
  const place = { table: 'sms_binding', column: 'access_key_secret_sealed', id };
  await trade.world.sql(
    `insert into sms_binding (id, organisation_id, channel, endpoint, access_key_id, access_key_secret_sealed, sign_name,
       templates, created_at) values (?, ?, 'aliyun', ?, ?, ?, ?, '{"verification":"SMS_900001"}', now())`,
    [
      id,
      organisationId,
      binding.endpoint,
      binding.accessKeyId,
      trade.world.secrets.seal(binding.accessKeySecret, place),
      binding.signName,
    ],
  );
}

const textsOn = async (phone: string): Promise<string[]> =>
  (await readPhone(sandbox.controlUrl, phone)).map(({ content }) => content);

/** Asks for a code and waits until the phone has the text. */
async function receive(
  phone: string,
  purpose: string,
): Promise<{ codeId: string; code: string; text: string }> {
  const answer = await api.anonymous().post('/sms-codes', { phone, purpose });
  expect(answer.status).toBe(202);
  await waitFor(`a text on ${phone}`, async () => (await textsOn(phone)).length > 0, 25_000);
  const [text] = await textsOn(phone);
  return { ...answer.json<{ codeId: string }>(), code: /\d{6}/.exec(text!)![0], text: text! };
}

describe('a code that is asked for', () => {
  test('reaches the phone, opens an account, and leaves nothing to read behind', async () => {
    const phone = '15100000001';
    const { codeId, code, text } = await receive(phone, 'sign-up');
    expect(text).toContain('【开元云】');
    const account = { password: 'A quiet river bend', name: '李想', organisationName: '想象实验室' };
    const answer = await api.anonymous().post('/sign-up', { phone, codeId, code, ...account });
    expect(answer.status).toBe(201);
    await waitFor('the sealed copies are wiped', async () => {
      const [row] = await trade.world.sql<{ wiped: boolean }>(
        'select code_sealed is null and phone_sealed is null and sent_at is not null as wiped from sms_code where id = ?',
        [codeId],
      );
      return row!.wiped;
    });
    const history = await trade.client.workflow.getHandle(`sms/${codeId}`).fetchHistory();
    const told = JSON.stringify(history, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    expect(told).toContain(codeId);
    expect(told).not.toContain(code);
    expect(told).not.toContain(phone);
  });

  test('is sent by the account of the seller whose storefront it is, where it has one', async () => {
    await bind(trade.tree.stranger.id, await createDemoSmsAccount(sandbox.controlUrl, '星海'));
    const phone = '15100000002';
    const visitor = api.anonymous();
    visitor.cookies.set('kboss_storefront', 'd-other');
    expect((await visitor.post('/sms-codes', { phone, purpose: 'sign-up' })).status).toBe(202);
    await waitFor('the text', async () => (await textsOn(phone)).length > 0, 25_000);
    expect((await textsOn(phone))[0]).toContain('【星海】');
  });

  test('for a number that nobody has registered is never sent, though its process runs like any other', async () => {
    const phone = '15100000003';
    const answer = await api.anonymous().post('/sms-codes', { phone, purpose: 'sign-in' });
    expect(answer.status).toBe(202);
    const { codeId } = answer.json<{ codeId: string }>();
    await trade.client.workflow.getHandle(`sms/${codeId}`).result();
    expect(await textsOn(phone)).toEqual([]);
  });

  test('is sent once though the answer of the gateway was lost', async () => {
    const phone = '15100000004';
    await armFault(sandbox.controlUrl, { service: 'sms', name: 'lost-answer', match: phone });
    const { codeId } = await receive(phone, 'sign-up');
    await trade.client.workflow.getHandle(`sms/${codeId}`).result();
    expect(await textsOn(phone)).toHaveLength(1);
  }, 60_000);
});
