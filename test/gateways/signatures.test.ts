import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AlipaySdk } from 'alipay-sdk';
import { signatureHeaders, signatureRefusal } from '../../db/resources/message-signature.ts';
import { signatureBase } from '../../domain/message-signature.ts';
import { rsaKeyPair, rsaSign, rsaVerify, signingText } from '../sandbox/alipay/signature.ts';
import { acs3Signature } from '../sandbox/sms/signature.ts';
import { ed25519Pair, requestProblem, signMessage } from '../sandbox/supplier/signature.ts';

describe('signatures against published vectors and foreign implementations', () => {
  it('gives the signature base of RFC 9421 B.2.6 (Ed25519)', () => {
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@method', 'POST'],
        ['@path', '/foo'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
        ['content-length', '18'],
      ],
      '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    );
    const key = createPrivateKey({
      key: Buffer.from('MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF', 'base64'),
      format: 'der',
      type: 'pkcs8',
    });
    expect(sign(null, Buffer.from(base), key).toString('base64')).toBe(
      'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    );
  });

  it("gives the V3 signature of Aliyun's own example (RunInstances)", async () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    };
    const query = new URLSearchParams({
      RegionId: 'cn-shanghai',
      ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
    });
    const request = { method: 'POST', path: '/', query, headers, body: '' };
    expect(await acs3Signature(request, Object.keys(headers), 'YourAccessKeySecret')).toBe(
      '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it("makes and takes RSA2 signatures as Alipay's SDK does", () => {
    const keys = rsaKeyPair();
    const sdk = new AlipaySdk({
      appId: '2021',
      privateKey: keys.privateKey,
      keyType: 'PKCS8',
      alipayPublicKey: keys.publicKey,
    });
    const theirs = new URLSearchParams(sdk.sdkExec('a.b', { bizContent: { subject: '充值 100% & "更多"' } }));
    const text = signingText(theirs);
    expect(text).toMatch(
      /^app_id=2021&biz_content=\{"subject":"充值 100% & \\"更多\\""\}&charset=utf-8&method=a\.b&/,
    );
    expect(rsaVerify(text, keys.publicKey, theirs.get('sign')!)).toBe(true);
    expect(rsaVerify(`${text} `, keys.publicKey, theirs.get('sign')!)).toBe(false);
    const fields = { total_amount: '88.88', subject: '充值 100% & 更多', app_id: '2021' };
    const sign = rsaSign(signingText(Object.entries({ ...fields, empty: '' })), keys.privateKey);
    expect(sdk.checkNotifySignV2({ ...fields, sign_type: 'RSA2', sign })).toBe(true);
  });
});

describe('open-computing messages between two independent implementations', () => {
  const message = {
    method: 'POST',
    authority: 'api.example:8443',
    target: '/v1/instances?dry=1',
    body: '{"a":"开元"}',
  };
  const now = new Date();
  const keys = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  it('takes what we sign, and nothing that was changed on the way', async () => {
    const own = { 'idempotency-key': 'kb-o1-1' };
    const headers = {
      ...own,
      ...signatureHeaders(
        { ...message, headers: own },
        { keyId: 'k1', privateKey: keys.privateKey, at: now },
      ),
    };
    const wire = {
      method: 'POST',
      host: message.authority,
      target: message.target,
      headers,
      body: message.body,
    };
    const check = (changed: Partial<typeof wire>, keyId = 'k1') =>
      requestProblem({ ...wire, ...changed }, keyId, keys.publicKey);
    expect(await check({})).toEqual({ nonce: expect.any(String) });
    expect(await check({ body: '{"a":"b"}' })).toEqual({ problem: 'BAD_DIGEST' });
    expect(await check({ target: '/v1/instances?dry=0' })).toEqual({ problem: 'BAD_SIGNATURE' });
    expect(await check({ host: 'other.example' })).toEqual({ problem: 'BAD_SIGNATURE' });
    expect(await check({ headers: { ...headers, 'idempotency-key': 'kb-o1-2' } })).toEqual({
      problem: 'BAD_SIGNATURE',
    });
    expect(await check({}, 'k2')).toEqual({ problem: 'UNKNOWN_KEY' });
  });

  it('believes only the supplier, only now, only the whole message', async () => {
    const pair = await ed25519Pair();
    const signed = {
      method: 'POST',
      host: message.authority,
      target: message.target,
      headers: {},
      body: message.body,
    };
    const headers = await signMessage(signed, 's1', pair.privateKey);
    const genuine = { ...message, headers };
    const expected = { keyId: 's1', publicKey: pair.publicKey, now };
    expect(signatureRefusal(genuine, expected)).toBeNull();
    expect(signatureRefusal({ ...genuine, body: '{}' }, expected)).toBe('BODY_CHANGED');
    expect(signatureRefusal({ ...genuine, target: '/v1/other' }, expected)).toBe('BAD_SIGNATURE');
    expect(signatureRefusal(genuine, { ...expected, keyId: 's2' })).toBe('UNKNOWN_KEY');
    expect(signatureRefusal(genuine, { ...expected, publicKey: keys.publicKey })).toBe('BAD_SIGNATURE');
    expect(signatureRefusal(genuine, { ...expected, now: new Date(now.getTime() + 400_000) })).toBe(
      'STALE_SIGNATURE',
    );
    expect(signatureRefusal({ ...genuine, headers: {} }, expected)).toBe('MALFORMED_SIGNATURE');
    const narrow = headers['signature-input']!.replace(' "content-digest"', '');
    expect(
      signatureRefusal({ ...genuine, headers: { ...headers, 'signature-input': narrow } }, expected),
    ).toBe('NOT_COVERED');
  });
});
