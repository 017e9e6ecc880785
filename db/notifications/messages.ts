import type { EntityManager } from '@mikro-orm/postgresql';
import { emit } from '../stream.ts';

/** A message (站内信) to an organisation; the screen words it by `kind` and `details`. */
export interface Message {
  organisationId: string;
  /** One message a key and organisation, however often it is written. */
  key: string;
  kind: string;
  details: Record<string, string>;
  link?: string;
  at: string;
}

/** Writes a message once. */
export async function writeMessage(em: EntityManager, message: Message): Promise<void> {
  const written = await em.execute<unknown[]>(
    `insert into message (organisation_id, key, kind, details, link, created_at) values (?, ?, ?, ?::jsonb, ?, ?)
     on conflict (organisation_id, key) do nothing returning id`,
    [
      message.organisationId,
      message.key,
      message.kind,
      JSON.stringify(message.details),
      message.link ?? null,
      message.at,
    ],
  );
  if (written.length > 0) await emit(em, [message.organisationId], 'message', { kind: message.kind });
}
