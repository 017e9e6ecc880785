import type { EntityManager } from '@mikro-orm/postgresql';

/** What screens are told about; each names the permission a person needs to hear of it (`api/events`). */
export type Topic = 'order' | 'resource' | 'work-order' | 'recharge' | 'wallet' | 'message';

/**
 * Writes one event for each organisation, in the transaction that made it true. The payload holds numbers and states
 * only: it is read by everybody of those organisations who may see the topic.
 */
export async function emit(
  em: EntityManager,
  organisations: readonly string[],
  topic: Topic,
  payload: Record<string, string | number>,
): Promise<void> {
  const rows = [...new Set(organisations)];
  await em.execute(
    `insert into stream_event (organisation_id, topic, payload) values ${rows.map(() => '(?, ?, ?::jsonb)').join(', ')}`,
    rows.flatMap((organisation) => [organisation, topic, JSON.stringify(payload)]),
  );
}
