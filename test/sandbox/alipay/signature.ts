import { generateKeyPairSync, sign, verify } from 'node:crypto';

/** Alipay's rule for requests: all parameters but `sign`, no empty ones, sorted by name, joined as a query. */
export function signingText(
  parameters: Iterable<[string, string]>,
  without: readonly string[] = ['sign'],
): string {
  const pairs: [string, string][] = [];
  for (const [name, value] of parameters)
    if (value !== '' && !without.includes(name)) pairs.push([name, value]);
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return pairs.map((pair) => pair.join('=')).join('&');
}

export function rsaSign(text: string, privateKey: string, hash: 'sha256' | 'sha1' = 'sha256'): string {
  return sign(hash, new TextEncoder().encode(text), privateKey).toString('base64');
}

export function rsaVerify(text: string, publicKey: string, signature: string): boolean {
  return verify('sha256', new TextEncoder().encode(text), publicKey, Buffer.from(signature, 'base64'));
}

export function rsaKeyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
