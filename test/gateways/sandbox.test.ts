import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pagePayUrl, queryTrade } from '../../activities/gateways/alipay.ts';
import { sendSms } from '../../activities/gateways/sms-aliyun.ts';
import { faultCatalogue } from '../sandbox/faults.ts';
import {
  armFault,
  changeSettings,
  createDemoMerchant,
  createDemoSmsAccount,
  createDemoSupplier,
  listNotifications,
  readPhone,
  useCashier,
} from '../sandbox/control.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { aReceiver, type Receiver } from '../support/receiver.ts';
import { waitFor } from '../support/wait.ts';

let directory: string;
let receiver: Receiver;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kboss-sandbox-'));
  receiver = await aReceiver();
});
afterAll(async () => {
  await receiver.stop();
  rmSync(directory, { recursive: true });
});

describe('the sandbox', () => {
  it('keeps merchants, trades, texts and what is still to be told over a stop and a start', async () => {
    const first = await startSandbox({ stateDirectory: directory });
    const port = Number(new URL(first.url).port);
    await changeSettings(first.controlUrl, { alipayRetryMilliseconds: [100, 100] });
    const merchant = await createDemoMerchant(first.controlUrl, '开元云');
    const binding = { ...merchant, notifyUrl: `${receiver.url}/notify` };
    const sms = await createDemoSmsAccount(first.controlUrl, '开元云');
    await sendSms(sms, {
      phone: '13900000001',
      templateCode: 'SMS_900001',
      parameters: { code: '123456' },
      outId: 'a',
    });
    receiver.answer = () => ({ status: 503, body: 'starting' });
    const recharge = { rechargeNumber: 'R20261124-KEEP0001', amount: 100n };
    const payUrl = pagePayUrl(binding, {
      ...recharge,
      subject: '充值',
      expiresAt: new Date(Date.now() + 600_000),
      returnUrl: 'http://127.0.0.1:9/',
    });
    await useCashier(payUrl, 'pay');
    await waitFor('first delivery', () => receiver.received.length > 0);
    await first.stop();

    receiver.answer = () => ({ status: 200, body: 'success' });
    const second = await startSandbox({ stateDirectory: directory, port });
    try {
      expect(await queryTrade(binding, recharge)).toMatchObject({
        outcome: 'accepted',
        value: { state: 'succeeded' },
      });
      expect(await readPhone(second.controlUrl, '13900000001')).toHaveLength(1);
      await waitFor('delivery after the restart', async () => {
        const [notification] = await listNotifications(second.controlUrl, 'R20261124_KEEP0001');
        return notification?.state === 'delivered';
      });
    } finally {
      await second.stop();
    }
  });

  it('shows pages in Chinese and English with a switch for every fault', async () => {
    const sandbox = await startSandbox();
    try {
      await createDemoSupplier(sandbox.controlUrl, { id: 'galaxy', name: '星河云' });
      for (const path of ['/', '/phone', '/alipay', '/suppliers']) {
        const response = await fetch(`${sandbox.url}${path}`);
        expect(response.status).toBe(200);
        expect(await response.text()).toContain('Outside-world sandbox');
      }
      const index = await (await fetch(sandbox.url)).text();
      for (const { zh } of Object.values(faultCatalogue).flatMap((faults) => Object.values(faults))) {
        expect(index).toContain(zh);
      }
      const form = new URLSearchParams({ service: 'alipay', name: 'no-notification' });
      const armed = await fetch(`${sandbox.controlUrl}/faults`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
      });
      expect(armed.status).toBe(303);
      expect(await (await fetch(sandbox.url)).text()).toContain('1 次待发');
      await expect(armFault(sandbox.controlUrl, { service: 'sms', name: 'flood' })).rejects.toThrow(
        'no fault sms/flood',
      );
    } finally {
      await sandbox.stop();
    }
  });
});
