import { signatureRefusal, type SignatureRefusal, type SignedMessage } from './message-signature.ts';
import type { OpenComputingPool } from '../../domain/resources/open-computing.ts';

/**
 * A supplier's word that an instance changed. It is a hint: what is true is read with the driver's `lookUp`, and
 * access information never travels this way.
 */
export interface OpenComputingEvent {
  /** The supplier's id of the event, the same on every delivery: the inbox key. */
  eventId: string;
  externalName: string;
  state: string;
  occurredAt: string;
}

export type OpenComputingVerdict =
  { genuine: true; event: OpenComputingEvent } | { genuine: false; refusal: SignatureRefusal | 'MALFORMED' };

/** Verifies a callback of one supplier. `now` is the receiver's clock; a replay is dropped by the inbox. */
export function verifyOpenComputingCallback(
  message: SignedMessage,
  pool: Pick<OpenComputingPool, 'supplierKeyId' | 'supplierPublicKey'>,
  now: Date,
): OpenComputingVerdict {
  const refusal = signatureRefusal(message, {
    keyId: pool.supplierKeyId,
    publicKey: pool.supplierPublicKey,
    now,
  });
  if (refusal) return { genuine: false, refusal };
  const event = readEvent(message.body);
  return event ? { genuine: true, event } : { genuine: false, refusal: 'MALFORMED' };
}

function readEvent(body: string): OpenComputingEvent | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  const { eventId, externalName, state, occurredAt } = (parsed ?? {}) as Record<string, unknown>;
  const texts = [eventId, externalName, state, occurredAt];
  if (!texts.every((text) => typeof text === 'string' && text.length > 0 && text.length <= 200)) return null;
  return { eventId, externalName, state, occurredAt } as OpenComputingEvent;
}
