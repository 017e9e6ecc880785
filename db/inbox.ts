import type { EntityManager } from '@mikro-orm/postgresql';

/** One verified message of a provider, in the words it came in. */
export interface InboxMessage {
  /** Who sent it and to which binding, e.g. `alipay/<binding id>`. */
  provider: string;
  /** The sender's own id of the message, the same on every delivery. */
  externalId: string;
  organisationId: string;
  body: Record<string, unknown>;
}

/**
 * Keeps a verified message for ever before it is answered. Called in the transaction of the request; the answer may go
 * out only after the commit. A second delivery returns `known` and must be answered like the first.
 */
export async function recordInInbox(em: EntityManager, message: InboxMessage): Promise<'recorded' | 'known'> {
  const rows = await em.execute<{ id: string }[]>(
    `INSERT INTO inbox (provider, external_id, organisation_id, body) VALUES (?, ?, ?, ?::jsonb)
     ON CONFLICT (provider, external_id) DO NOTHING RETURNING id`,
    [message.provider, message.externalId, message.organisationId, JSON.stringify(message.body)],
  );
  return rows.length > 0 ? 'recorded' : 'known';
}

export interface InboxRow {
  id: string;
  provider: string;
  body: Record<string, unknown>;
}

/** Locks the oldest messages that nothing was done about yet; other relays pass over them. Worker only. */
export function lockInbox(em: EntityManager, limit: number): Promise<InboxRow[]> {
  return em.execute<InboxRow[]>(
    `select id, provider, body from inbox where processed_at is null order by received_at limit ? for update skip locked`,
    [limit],
  );
}

/** Says what became of a message. */
export async function endInbox(em: EntityManager, id: string, outcome: string): Promise<void> {
  await em.execute('update inbox set processed_at = now(), outcome = ? where id = ?', [outcome, id]);
}
