import { createHash } from 'node:crypto';
import { BusinessError } from '../domain/errors.ts';
import type { Attempt, SignedInContext } from './context.ts';

export interface StoredAnswer {
  status: number;
  response: unknown;
}

/**
 * Opens an attempt under the caller's Idempotency-Key. The first call of a key stores instant and body hash; a
 * repeat with the same body gets the stored answer, or runs again with the same instant and random bytes when the
 * first one never answered (its effects carry keys derived from them, so nothing happens twice).
 * @throws BusinessError IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_REUSED
 */
export async function openAttempt(
  context: SignedInContext,
  key: string | undefined,
  operation: string,
  body: unknown,
): Promise<{ attempt: Attempt; answer: StoredAnswer | null }> {
  if (!key || !/^[\x21-\x7e]{8,128}$/.test(key)) throw new BusinessError('IDEMPOTENCY_KEY_REQUIRED');
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([operation, body ?? null]))
    .digest('hex');
  const { organisationId, userId } = context.session;
  const row = await context.run(async (em) => {
    await em.execute(
      `insert into idempotency_key (organisation_id, user_id, key, operation, body_hash, created_at)
       values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
      [organisationId, userId, key, operation, bodyHash, context.now],
    );
    const rows = await em.execute<
      { body_hash: string; user_id: string; status: number | null; response: unknown; created_at: Date }[]
    >(
      `select body_hash, user_id, status, response, created_at from idempotency_key where organisation_id = ? and key = ?`,
      [organisationId, key],
    );
    return rows[0]!;
  });
  if (row.body_hash !== bodyHash || row.user_id !== userId) throw new BusinessError('IDEMPOTENCY_KEY_REUSED');
  const random = createHash('sha256').update(`${organisationId}\n${key}`).digest();
  return {
    attempt: { key, at: new Date(row.created_at), random },
    answer: row.status === null ? null : { status: row.status, response: row.response },
  };
}

/** Keeps what was answered, for repeats of the key. Refusals are not kept: a person may mend the cause and retry. */
export async function keepAnswer(context: SignedInContext, key: string, answer: StoredAnswer): Promise<void> {
  await context.run((em) =>
    em.execute(
      `update idempotency_key set status = ?, response = ?::jsonb where organisation_id = ? and key = ? and status is null`,
      [answer.status, JSON.stringify(answer.response), context.session.organisationId, key],
    ),
  );
}
