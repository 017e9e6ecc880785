import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import {
  parseSignatureInput,
  requiredComponents,
  signatureBase,
  signatureParameters,
  signatureWindowSeconds,
  type CoveredComponent,
} from '../../domain/message-signature.ts';

/** A message as both ends see it; `body` is the exact text, empty when there is none. */
export interface SignedMessage {
  method: string;
  /** host[:port] as the caller addressed it (default ports left out), lower case. */
  authority: string;
  /** Path and query as sent, e.g. `/open-computing/v1/instances?state=active`. */
  target: string;
  body: string;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
}

/** The three headers that sign a message (Ed25519, fresh nonce); `headers['idempotency-key']` is covered when present. */
export function signatureHeaders(
  message: SignedMessage,
  signer: { keyId: string; privateKey: string; at: Date },
): Record<string, string> {
  const digest = contentDigest(message.body);
  const covered = coveredComponents(
    { ...message, headers: { ...message.headers, 'content-digest': digest } },
    message.headers['idempotency-key'] === undefined
      ? requiredComponents
      : [...requiredComponents, 'idempotency-key'],
  );
  const parameters = signatureParameters(
    covered.map(([name]) => name),
    { created: Math.floor(signer.at.getTime() / 1000), nonce: randomUUID(), keyId: signer.keyId },
  );
  const signature = sign(
    null,
    Buffer.from(signatureBase(covered, parameters)),
    createPrivateKey(signer.privateKey),
  );
  return {
    'content-digest': digest,
    'signature-input': `kboss=${parameters}`,
    signature: `kboss=:${signature.toString('base64')}:`,
  };
}

export type SignatureRefusal =
  | 'MALFORMED_SIGNATURE'
  | 'UNKNOWN_KEY'
  | 'NOT_COVERED'
  | 'STALE_SIGNATURE'
  | 'BODY_CHANGED'
  | 'BAD_SIGNATURE';

/** Verifies a message; null when it is genuine. Replays inside the time window are the receiver's to drop by id. */
export function signatureRefusal(
  message: SignedMessage,
  expected: { keyId: string; publicKey: string; now: Date },
): SignatureRefusal | null {
  const input = parseSignatureInput(message.headers['signature-input'] ?? '');
  const encoded = /^([a-z][a-z0-9_-]*)=:([A-Za-z0-9+/]+={0,2}):$/.exec(message.headers['signature'] ?? '');
  if (!input || !encoded || encoded[1] !== input.label) return 'MALFORMED_SIGNATURE';
  if (input.keyId !== expected.keyId) return 'UNKNOWN_KEY';
  if (!requiredComponents.every((name) => input.names.includes(name))) return 'NOT_COVERED';
  if (Math.abs(expected.now.getTime() / 1000 - input.created) > signatureWindowSeconds)
    return 'STALE_SIGNATURE';
  if (message.headers['content-digest'] !== contentDigest(message.body)) return 'BODY_CHANGED';
  const base = signatureBase(coveredComponents(message, input.names), input.parameters);
  const isGenuine = verify(
    null,
    Buffer.from(base),
    createPublicKey(expected.publicKey),
    Buffer.from(encoded[2]!, 'base64'),
  );
  return isGenuine ? null : 'BAD_SIGNATURE';
}

function coveredComponents(message: SignedMessage, names: readonly string[]): CoveredComponent[] {
  const question = message.target.indexOf('?');
  const derived: Record<string, string> = {
    '@method': message.method.toUpperCase(),
    '@authority': message.authority.toLowerCase(),
    '@path': question < 0 ? message.target : message.target.slice(0, question),
    '@query': question < 0 ? '?' : message.target.slice(question),
  };
  return names.map((name) => [name, derived[name] ?? message.headers[name]?.trim() ?? '']);
}

/** RFC 9530. */
function contentDigest(body: string): string {
  return `sha-256=:${createHash('sha256').update(body, 'utf8').digest('base64')}:`;
}
