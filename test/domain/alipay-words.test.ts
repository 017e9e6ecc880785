import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  alipayTradeState,
  formatAlipayAmount,
  formatAlipayTime,
  outTradeNoOf,
  parseAlipayAmount,
  parseAlipayTime,
  rechargeNumberOf,
} from '../../domain/payments/alipay.ts';
import { parseSignatureInput, signatureParameters } from '../../domain/message-signature.ts';

describe("Alipay's notation", () => {
  it('has no hyphen in a number, and leads back to ours', () => {
    expect(outTradeNoOf('R20261124-7K3QX9MD')).toBe('R20261124_7K3QX9MD');
    expect(rechargeNumberOf('R20261124_7K3QX9MD')).toBe('R20261124-7K3QX9MD');
    expect(() => outTradeNoOf('R20261124_7K3QX9MD')).toThrow('not a number');
  });

  it('writes amounts in 元 and reads them exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 99_999_999_999_999n), (amount) => {
        expect(parseAlipayAmount(formatAlipayAmount(amount))).toBe(amount);
      }),
    );
    expect(formatAlipayAmount(5n)).toBe('0.05');
    expect(() => formatAlipayAmount(0n)).toThrow('positive');
    for (const text of ['1,000.00', '-1.00', '1.005', '1e3', '', ' 1', '٣', undefined]) {
      expect(parseAlipayAmount(text)).toBeNull();
    }
  });

  it('writes Beijing time without a zone', () => {
    const instant = new Date('2026-03-31T16:30:00.000Z');
    expect(formatAlipayTime(instant)).toBe('2026-04-01 00:30:00');
    expect(parseAlipayTime('2026-04-01 00:30:00')).toEqual(instant);
    expect(parseAlipayTime('2026-04-01 00:30:00.123')).toEqual(instant);
    for (const text of ['2026-04-01T00:30:00Z', '2026-13-01 00:00:00', undefined])
      expect(parseAlipayTime(text)).toBeNull();
  });

  it('knows four states and no other word', () => {
    expect(alipayTradeState('TRADE_SUCCESS')).toBe('succeeded');
    expect(alipayTradeState('constructor')).toBeNull();
    expect(alipayTradeState(undefined)).toBeNull();
  });
});

describe('Signature-Input', () => {
  it('is read as it was written', () => {
    const values = { created: 1795482000, nonce: '9f1b0c3e-6a1d-4f9a', keyId: 'k1' };
    const parameters = signatureParameters(['@method', 'content-digest'], values);
    expect(parseSignatureInput(`kboss=${parameters}`)).toEqual({
      label: 'kboss',
      parameters,
      names: ['@method', 'content-digest'],
      ...values,
    });
  });

  it.each([
    '',
    'kboss=()',
    'kboss=();created=1;nonce="1234567890123456";keyid="k";alg="ed25519"',
    'kboss=("@method" "@method");created=1;nonce="1234567890123456";keyid="k";alg="ed25519"',
    'kboss=("@method");created=1;nonce="short";keyid="k";alg="ed25519"',
    'kboss=("@method");created=1;nonce="1234567890123456";keyid="k";alg="hmac-sha256"',
    'a=("@method");created=1;nonce="1234567890123456";keyid="k";alg="ed25519", b=("@path");created=1',
  ])('is refused outside the profile: %s', (header) => {
    expect(parseSignatureInput(header)).toBeNull();
  });
});
