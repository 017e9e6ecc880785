import { webcrypto } from 'node:crypto';

/** A message of the open-computing API, as the wire shows it. */
export interface WireMessage {
  method: string;
  host: string;
  target: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const encoder = new TextEncoder();
const base64 = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64');

/** Signs as RFC 9421 says; label `supplier`. */
export async function signMessage(
  message: WireMessage,
  keyId: string,
  privateKeyPem: string,
): Promise<Record<string, string>> {
  const digest = await digestOf(message.body);
  const inner = '("@method" "@authority" "@path" "@query" "content-digest")';
  const nonce = base64(webcrypto.getRandomValues(new Uint8Array(18)).buffer)
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const parameters = `${inner};created=${Math.floor(Date.now() / 1000)};nonce="${nonce}";keyid="${keyId}";alg="ed25519"`;
  const text = baseText(
    { ...message, headers: { ...message.headers, 'content-digest': digest } },
    parameters,
  );
  const key = await webcrypto.subtle.importKey('pkcs8', der(privateKeyPem), 'Ed25519', false, ['sign']);
  const signature = base64(await webcrypto.subtle.sign('Ed25519', key, encoder.encode(text)));
  return {
    'content-digest': digest,
    'signature-input': `supplier=${parameters}`,
    signature: `supplier=:${signature}:`,
  };
}

/** What is wrong with a signed request, by the words of the API document; undefined when it is genuine. */
export async function requestProblem(
  message: WireMessage,
  keyId: string,
  publicKeyPem: string,
): Promise<{ nonce: string } | { problem: string }> {
  const input = String(message.headers['signature-input'] ?? '');
  const label = input.slice(0, input.indexOf('='));
  const parameters = input.slice(label.length + 1);
  const values = new Map(
    parameters
      .slice(parameters.indexOf(')') + 2)
      .split(';')
      .map((pair) => pair.split('=', 2).map((part) => part.replaceAll('"', '')) as [string, string]),
  );
  const covered = coveredNames(parameters);
  const needed = ['@method', '@authority', '@path', '@query', 'content-digest'];
  if (message.method === 'POST') needed.push('idempotency-key');
  const nonce = values.get('nonce') ?? '';
  if (label === '' || nonce.length < 16 || values.get('alg') !== 'ed25519')
    return { problem: 'BAD_SIGNATURE' };
  if (values.get('keyid') !== keyId) return { problem: 'UNKNOWN_KEY' };
  if (!needed.every((name) => covered.includes(name))) return { problem: 'NOT_COVERED' };
  if (Math.abs(Date.now() / 1000 - Number(values.get('created'))) > 300)
    return { problem: 'STALE_SIGNATURE' };
  if (message.headers['content-digest'] !== (await digestOf(message.body))) return { problem: 'BAD_DIGEST' };
  const encoded = String(message.headers['signature'] ?? '').slice(label.length + 2, -1);
  const key = await webcrypto.subtle.importKey('spki', der(publicKeyPem), 'Ed25519', false, ['verify']);
  const text = encoder.encode(baseText(message, parameters));
  const isGenuine = await webcrypto.subtle.verify('Ed25519', key, Buffer.from(encoded, 'base64'), text);
  return isGenuine ? { nonce } : { problem: 'BAD_SIGNATURE' };
}

export async function ed25519Pair(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = (await webcrypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const pem = (kind: string, bytes: ArrayBuffer): string =>
    `-----BEGIN ${kind} KEY-----\n${base64(bytes)}\n-----END ${kind} KEY-----\n`;
  return {
    publicKey: pem('PUBLIC', await webcrypto.subtle.exportKey('spki', pair.publicKey)),
    privateKey: pem('PRIVATE', await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)),
  };
}

function coveredNames(parameters: string): string[] {
  return parameters
    .slice(1, parameters.indexOf(')'))
    .split(' ')
    .map((name) => name.replaceAll('"', ''));
}

function baseText(message: WireMessage, parameters: string): string {
  const url = new URL(message.target, 'http://unused');
  let text = '';
  for (const name of coveredNames(parameters)) {
    let value = String(message.headers[name] ?? '');
    if (name === '@method') value = message.method;
    if (name === '@authority') value = message.host;
    if (name === '@path') value = url.pathname;
    if (name === '@query') value = url.search || '?';
    text += `"${name}": ${value}\n`;
  }
  return `${text}"@signature-params": ${parameters}`;
}

async function digestOf(body: string): Promise<string> {
  return `sha-256=:${base64(await webcrypto.subtle.digest('SHA-256', encoder.encode(body)))}:`;
}

function der(pem: string): Buffer<ArrayBuffer> {
  return Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
}
