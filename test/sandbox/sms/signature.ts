import type { IncomingHttpHeaders } from 'node:http';
import { webcrypto } from 'node:crypto';

const encoder = new TextEncoder();
const hex = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('hex');

export interface Acs3Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The parts of `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`; undefined when it is no such header. */
export function readAuthorization(
  header: string | undefined,
): { accessKeyId: string; signedHeaders: string[]; signature: string } | undefined {
  const [scheme, rest] = [header?.slice(0, 16), header?.slice(17)];
  if (scheme !== 'ACS3-HMAC-SHA256' || !rest) return undefined;
  const parts = new Map(
    rest.split(',').map((part) => part.trim().split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const [accessKeyId, signed, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) =>
    parts.get(name),
  );
  if (!accessKeyId || !signed || !signature) return undefined;
  return { accessKeyId, signedHeaders: signed.split(';'), signature };
}

/** The signature that Aliyun's V3 rule gives for a request, in hex. */
export async function acs3Signature(
  request: Acs3Request,
  signedHeaders: string[],
  secret: string,
): Promise<string> {
  const query = [...request.query]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&');
  const headers = signedHeaders
    .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
    .join('');
  const canonical = [
    request.method,
    request.path,
    query,
    headers,
    signedHeaders.join(';'),
    await sha256(request.body),
  ].join('\n');
  const key = await webcrypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const text = `ACS3-HMAC-SHA256\n${await sha256(canonical)}`;
  return hex(await webcrypto.subtle.sign('HMAC', key, encoder.encode(text)));
}

export async function sha256(text: string): Promise<string> {
  return hex(await webcrypto.subtle.digest('SHA-256', encoder.encode(text)));
}

/** RFC 3986: everything but unreserved characters is escaped. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
