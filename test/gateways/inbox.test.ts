import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pagePayUrl } from '../../activities/gateways/alipay.ts';
import { openDatabase, type Database } from '../../db/database.ts';
import { recordInInbox, type InboxMessage } from '../../db/inbox.ts';
import { verifyAlipayNotification } from '../../db/payments/alipay-notification.ts';
import { armFault, createDemoMerchant, listNotifications, useCashier } from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait.ts';

let server: TestDatabase;
let database: Database;
let sandbox: RunningSandbox;
let receiver: Receiver;
let admin: pg.Client;
let organisationId: string;

beforeAll(async () => {
  server = await aDatabase();
  admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  const inserted = await admin.query<{ id: string }>(
    `INSERT INTO organisation (number, kind, name, created_at) VALUES ('P1', 'platform', '开元云', now()) RETURNING id`,
  );
  organisationId = inserted.rows[0]!.id;
  database = await openDatabase(server.apiUrl);
  sandbox = await startSandbox();
  receiver = await aReceiver();
});
afterAll(async () => {
  await sandbox.stop();
  await receiver.stop();
  await database.close();
  await admin.end();
  await server.drop();
});

const record = (message: Partial<InboxMessage>) =>
  database.inScope('callback', (em) =>
    recordInInbox(em, { provider: 'test', externalId: '1', organisationId, body: { a: '开元' }, ...message }),
  );

async function rowsOf(provider: string): Promise<Record<string, unknown>[]> {
  const { rows } = await admin.query<Record<string, unknown>>('SELECT * FROM inbox WHERE provider = $1', [
    provider,
  ]);
  return rows;
}

describe('the inbox', () => {
  it('keeps a message once, whoever is first', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => record({ provider: 'race' })));
    expect(outcomes.sort()).toEqual(['known', 'known', 'known', 'known', 'recorded']);
    expect(await rowsOf('race')).toEqual([
      expect.objectContaining({ body: { a: '开元' }, processed_at: null }),
    ]);
  });

  it('keeps the same id of different providers apart', async () => {
    expect(await record({ provider: 'left' })).toBe('recorded');
    expect(await record({ provider: 'right' })).toBe('recorded');
  });

  it('is written in the callback scope or for the acting organisation only', async () => {
    const stranger = '0192f0c1-0000-7000-8000-00000000000f';
    const message = { provider: 'foreign', externalId: '1', organisationId, body: {} };
    const attempt = database.inOrganisation({ organisationId: stranger }, (em) => recordInInbox(em, message));
    await expect(attempt).rejects.toThrow('row-level security');
  });

  it('holds a notification before Alipay hears success, however often it comes', async () => {
    const merchant = await createDemoMerchant(sandbox.controlUrl, '开元云');
    const binding = { ...merchant, notifyUrl: `${receiver.url}/notify` };
    const amount = 100n;
    await armFault(sandbox.controlUrl, { service: 'alipay', name: 'duplicate-notification' });
    const payUrl = pagePayUrl(binding, {
      rechargeNumber: 'R20261124-INBX0001',
      amount,
      subject: '充值',
      expiresAt: new Date(Date.now() + 600_000),
      returnUrl: 'http://127.0.0.1:9/',
    });
    await useCashier(payUrl, 'pay');
    await waitFor('two deliveries', () => receiver.received.length === 2);
    const outcomes: string[] = [];
    for (const { body } of receiver.received) {
      const verdict = await verifyAlipayNotification(body, binding, () => Promise.resolve(amount));
      if (!verdict.genuine) throw new Error(verdict.refusal);
      const { notifyId, fields } = verdict.notification;
      outcomes.push(await record({ provider: 'alipay/1', externalId: notifyId, body: fields }));
    }
    expect(outcomes).toEqual(['recorded', 'known']);
    const [notification] = await listNotifications(sandbox.controlUrl, 'R20261124_INBX0001');
    expect(await rowsOf('alipay/1')).toEqual([
      expect.objectContaining({
        external_id: notification!.notifyId,
        body: expect.objectContaining({ out_trade_no: 'R20261124_INBX0001', total_amount: '1.00' }),
      }),
    ]);
  });
});
