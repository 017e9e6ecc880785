import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sessionLimits } from '../../domain/identity/session.ts';
import type { OrganisationKind } from '../../domain/identity/permissions.ts';

/** A session with the person and the place they act in, as a request needs it. */
export interface SessionRow {
  id: string;
  user_id: string;
  organisation_id: string;
  kind: OrganisationKind;
  parent_id: string | null;
  roles: string[];
  last_seen_at: Date;
  expires_at: Date;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * The living session of a token, or null: neither ended nor too old, its user enabled, still a member, the
 * organisation active. Runs in scope `identity`.
 */
export async function findSession(em: EntityManager, token: string, now: Date): Promise<SessionRow | null> {
  const idleSince = new Date(now.getTime() - sessionLimits.idle);
  const rows = await em.execute<SessionRow[]>(
    `select s.id, s.user_id, s.organisation_id, o.kind, o.parent_id, m.roles, s.last_seen_at, s.expires_at
       from session s
       join user_account u on u.id = s.user_id and u.state = 'active'
       join membership m on m.user_id = s.user_id and m.organisation_id = s.organisation_id and m.state = 'active'
       join organisation o on o.id = s.organisation_id and o.state = 'active'
      where s.token_hash = ? and s.ended_at is null and s.expires_at > ? and s.last_seen_at > ?`,
    [hashOf(token), now, idleSince],
  );
  const found = rows[0];
  if (!found) return null;
  if (now.getTime() - new Date(found.last_seen_at).getTime() > sessionLimits.touch) {
    await em.execute('update session set last_seen_at = ? where id = ?', [now, found.id]);
  }
  return found;
}

/** Opens a session and answers its token, which is kept nowhere but in the caller's cookie. */
export async function openSession(
  em: EntityManager,
  session: {
    userId: string;
    organisationId: string;
    address: string;
    agent: string;
    now: Date;
    expiresAt?: Date;
  },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = session.expiresAt ?? new Date(session.now.getTime() + sessionLimits.absolute);
  const [row] = await em.execute<{ id: string }[]>(
    `insert into session (token_hash, user_id, organisation_id, created_at, last_seen_at, expires_at, address, agent)
     values (?, ?, ?, ?, ?, ?, ?, ?) returning id`,
    [
      hashOf(token),
      session.userId,
      session.organisationId,
      session.now,
      session.now,
      expiresAt,
      session.address,
      session.agent,
    ],
  );
  return { id: row!.id, token, expiresAt };
}

/** Ends one session of a user, or all of them, or all but one. Answers how many ended. */
export async function endSessions(
  em: EntityManager,
  userId: string,
  now: Date,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const rows = await em.execute<unknown[]>(
    `update session set ended_at = ? where user_id = ? and ended_at is null
        and (?::uuid is null or id = ?) and (?::uuid is null or id <> ?) returning id`,
    [now, userId, which.only ?? null, which.only ?? null, which.except ?? null, which.except ?? null],
  );
  return rows.length;
}

export interface SessionListRow {
  id: string;
  address: string;
  agent: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
}

/** The living sessions of a user, latest first, at most a hundred. Runs in scope `identity`. */
export function listSessions(em: EntityManager, userId: string, now: Date): Promise<SessionListRow[]> {
  return em.execute<SessionListRow[]>(
    `select id, address, agent, created_at, last_seen_at, expires_at from session
      where user_id = ? and ended_at is null and expires_at > ? and last_seen_at > ?
      order by created_at desc, id limit 100`,
    [userId, now, new Date(now.getTime() - sessionLimits.idle)],
  );
}

/** Ends a person's sessions in one organisation: they have left it. */
export async function endSessionsIn(
  em: EntityManager,
  organisationId: string,
  userId: string,
  now: Date,
): Promise<void> {
  await em.execute(
    'update session set ended_at = ? where user_id = ? and organisation_id = ? and ended_at is null',
    [now, userId, organisationId],
  );
}
