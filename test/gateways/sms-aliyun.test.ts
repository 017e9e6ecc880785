import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { lookUpSms, sendSms } from '../../activities/gateways/sms-aliyun.ts';
import type { AliyunSmsBinding } from '../../domain/notifications/bindings.ts';
import {
  armFault,
  changeSettings,
  clearFaults,
  createDemoSmsAccount,
  readPhone,
} from '../sandbox/control.ts';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';

let sandbox: RunningSandbox;
let binding: AliyunSmsBinding;
let count = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  binding = await createDemoSmsAccount(sandbox.controlUrl, '开元云');
});
afterEach(() => clearFaults(sandbox.controlUrl));
afterAll(() => sandbox.stop());

/** A phone nobody has texted yet, and the code to send it. */
function aCode(code = '402913') {
  const phone = `138${String(++count).padStart(8, '0')}`;
  const request = { phone, templateCode: 'SMS_900001', parameters: { code }, outId: `signin-${phone}` };
  return {
    phone,
    request,
    send: (change: Partial<typeof request> = {}) => sendSms(binding, { ...request, ...change }),
    texts: async () => (await readPhone(sandbox.controlUrl, phone)).map((message) => message.content),
    lookUp: () => lookUpSms(binding, { phone, outId: request.outId, sentOn: new Date() }),
  };
}

describe('Aliyun SMS', () => {
  it('brings the text to the phone, where a person can read it', async () => {
    const sms = aCode('007007');
    expect(await sms.lookUp()).toEqual({ outcome: 'accepted', value: { state: 'absent' } });
    expect(await sms.send()).toEqual({
      outcome: 'accepted',
      value: { bizId: expect.stringMatching(/\^0$/) },
    });
    expect(await sms.texts()).toEqual(['【开元云】您的验证码是 007007，5 分钟内有效，请勿告诉他人。']);
    const page = await (await fetch(`${sandbox.url}/phone/${sms.phone}`)).text();
    expect(page).toContain('007007');
    expect(await sms.lookUp()).toEqual({ outcome: 'accepted', value: { state: 'delivered' } });
  });

  it('takes a number with the country code', async () => {
    const sms = aCode();
    expect(await sms.send({ phone: `+86${sms.phone}` })).toMatchObject({ outcome: 'accepted' });
    expect(await sms.texts()).toHaveLength(1);
  });

  it.each([
    ['an illegal number', { phone: '12345' }, 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['an unknown template', { templateCode: 'SMS_1' }, 'isv.SMS_TEMPLATE_ILLEGAL'],
    ['a missing variable', { parameters: {} as { code: string } }, 'isv.TEMPLATE_MISSING_PARAMETERS'],
  ])('is rejected for %s', async (_, change, code) => {
    const sms = aCode();
    expect(await sms.send(change)).toMatchObject({ outcome: 'rejected', code });
    expect(await sms.texts()).toEqual([]);
  });

  it('is rejected for a foreign signature, secret or key', async () => {
    const { request } = aCode();
    expect(await sendSms({ ...binding, signName: '别家' }, request)).toMatchObject({
      outcome: 'rejected',
      code: 'isv.SMS_SIGNATURE_ILLEGAL',
    });
    expect(await sendSms({ ...binding, accessKeySecret: 'wrong' }, request)).toMatchObject({
      outcome: 'rejected',
      code: 'SignatureDoesNotMatch',
    });
    expect(await sendSms({ ...binding, accessKeyId: 'nobody' }, request)).toMatchObject({
      outcome: 'rejected',
      code: 'InvalidAccessKeyId.NotFound',
    });
  });

  it("keeps Aliyun's limit of one code a minute, for codes only", async () => {
    const sms = aCode();
    await sms.send();
    expect(await sms.send()).toEqual({
      outcome: 'rejected',
      code: 'isv.BUSINESS_LIMIT_CONTROL',
      message: '触发分钟级流控Permits:1',
    });
    const notice = { templateCode: 'SMS_900002', parameters: { code: '', order: 'O20261124-7K3QX9MD' } };
    expect(await sms.send(notice)).toMatchObject({ outcome: 'accepted' });
    await changeSettings(sandbox.controlUrl, { smsLimits: 'off' });
    expect(await sms.send()).toMatchObject({ outcome: 'accepted' });
    await changeSettings(sandbox.controlUrl, { smsLimits: 'real' });
  });

  it.each([
    ['rate-limit', 'isv.BUSINESS_LIMIT_CONTROL'],
    ['no-balance', 'isv.AMOUNT_NOT_ENOUGH'],
    ['throttled', 'Throttling.User'],
  ])('is rejected: %s', async (name, code) => {
    const sms = aCode();
    await armFault(sandbox.controlUrl, { service: 'sms', name, match: sms.phone });
    expect(await sms.send()).toMatchObject({ outcome: 'rejected', code });
    expect(await sms.texts()).toEqual([]);
  });

  it('is unknown when the answer is lost, and found by our own id: one text, not two', async () => {
    const sms = aCode();
    await armFault(sandbox.controlUrl, { service: 'sms', name: 'lost-answer', match: sms.phone });
    expect(await sms.send()).toMatchObject({ outcome: 'unknown', code: 'NO_VALID_ANSWER' });
    expect(await sms.lookUp()).toEqual({ outcome: 'accepted', value: { state: 'delivered' } });
    expect(await sms.texts()).toHaveLength(1);
  });

  it.each(['lost-request', 'html-502'])('is unknown and absent: %s', async (name) => {
    const sms = aCode();
    await armFault(sandbox.controlUrl, { service: 'sms', name, match: sms.phone });
    expect(await sms.send()).toMatchObject({ outcome: 'unknown', code: 'NO_VALID_ANSWER' });
    expect(await sms.lookUp()).toEqual({ outcome: 'accepted', value: { state: 'absent' } });
  });

  it('tells a text that was taken but not delivered', async () => {
    const sms = aCode();
    await armFault(sandbox.controlUrl, { service: 'sms', name: 'not-delivered', match: sms.phone });
    expect(await sms.send()).toMatchObject({ outcome: 'accepted' });
    expect(await sms.lookUp()).toEqual({
      outcome: 'accepted',
      value: { state: 'failed', failure: 'MOBILE_NOT_ON_SERVICE' },
    });
  });
});
