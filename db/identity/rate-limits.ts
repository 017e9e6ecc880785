import type { EntityManager } from '@mikro-orm/postgresql';
import type { RateLimit } from '../../domain/identity/rate-limits.ts';

/**
 * Counts one use and says whether it was within the limit. Uses are counted before they are tried, in a transaction
 * that commits whatever comes of them, so that parallel tries cannot pass together. Runs in scope `identity`.
 * @returns null when allowed, else the seconds until the window ends
 */
export async function countUse(
  em: EntityManager,
  limit: RateLimit,
  subject: string,
  now: Date,
): Promise<number | null> {
  const ends = new Date(now.getTime() + limit.seconds * 1000);
  const [row] = await em.execute<{ count: number; resets_at: Date }[]>(
    `insert into rate_limit as r (key, count, resets_at) values (?, 1, ?)
     on conflict (key) do update set
       count = case when r.resets_at <= ? then 1 else r.count + 1 end,
       resets_at = case when r.resets_at <= ? then excluded.resets_at else r.resets_at end
     returning count, resets_at`,
    [keyOf(limit, subject), ends, now, now],
  );
  if (!row || row.count <= limit.most) return null;
  return Math.max(1, Math.ceil((new Date(row.resets_at).getTime() - now.getTime()) / 1000));
}

/** Forgets the uses of a subject: a success ends a row of failures. */
export async function forgetUses(em: EntityManager, limit: RateLimit, subject: string): Promise<void> {
  await em.execute('delete from rate_limit where key = ?', [keyOf(limit, subject)]);
}

const keyOf = (limit: RateLimit, subject: string): string => `${limit.name}:${subject}`;

/** Forgets a few windows that ended a day ago: each sign-in cleans up more than it leaves. */
export async function forgetEndedWindows(em: EntityManager, now: Date): Promise<void> {
  await em.execute(
    `delete from rate_limit where key in
       (select key from rate_limit where resets_at < ? order by resets_at limit 20 for update skip locked)`,
    [new Date(now.getTime() - 86_400_000)],
  );
}

/** Takes one use back: a success does not count against an address that many people share. */
export async function returnUse(em: EntityManager, limit: RateLimit, subject: string): Promise<void> {
  await em.execute('update rate_limit set count = greatest(count - 1, 0) where key = ?', [
    keyOf(limit, subject),
  ]);
}
