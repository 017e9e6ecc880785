import type { Request, Response } from 'express';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BusinessError } from '../../domain/errors.ts';
import { writeAudit } from '../../db/identity/audit.ts';
import { forgetEndedWindows } from '../../db/identity/rate-limits.ts';
import { endSessions, findSession, openSession } from '../../db/identity/sessions.ts';
import { readPlaces } from '../../db/identity/session-view.ts';
import { findSeller } from '../../db/organisations/sellers.ts';
import type { Context } from '../context.ts';
import { readCookie, sessionCookieName, setSessionCookie } from './cookies.ts';
import { viewOfSession } from './session-view.ts';
import { storefrontCookie } from './identify.ts';

interface Entry {
  userId: string;
  /** Where to act; the oldest membership unless told. */
  organisationId?: string | undefined;
  /** What the audit trail says. */
  action: string;
  /** A switch keeps the last instant of the session that it replaces. */
  expiresAt?: Date;
}

/**
 * Opens a session for a person who has proved who they are, ends the one that the browser had (a session never
 * outlives a sign-in), gives the new cookie, and answers as GET /session would.
 * @throws BusinessError NO_ORGANISATION, NOT_FOUND for an organisation that is not theirs
 */
export async function enter(
  context: Context,
  http: { request: Request; response: Response },
  entry: Entry,
): ReturnType<typeof viewOfSession> {
  const { services, now } = context;
  const { configuration } = services;
  const opened = await services.database.inScope('identity', async (em) => {
    const places = await readPlaces(em, entry.userId);
    if (places.length === 0) throw new BusinessError('NO_ORGANISATION');
    const place = entry.organisationId ? places.find(({ id }) => id === entry.organisationId) : places[0];
    if (!place) throw new BusinessError('NOT_FOUND');
    await endOldSession(em, context, readCookie(http.request, sessionCookieName(configuration)));
    await forgetEndedWindows(em, now);
    const session = await openSession(em, {
      userId: entry.userId,
      organisationId: place.id,
      address: context.address,
      agent: context.agent,
      now,
      ...(entry.expiresAt ? { expiresAt: entry.expiresAt } : {}),
    });
    await writeAudit(em, {
      organisationId: place.id,
      userId: entry.userId,
      action: entry.action,
      subjectType: 'session',
      subjectId: session.id,
      requestId: context.requestId,
      address: context.address,
    });
    const seller = await sellerAfter(em, http.request, place.id);
    return { ...session, userId: entry.userId, organisationId: place.id, sellerId: seller };
  });
  setSessionCookie(http.response, configuration, opened.token, opened.expiresAt);
  return viewOfSession(context, opened, opened.sellerId);
}

async function endOldSession(em: EntityManager, context: Context, token: string | undefined): Promise<void> {
  const old = token ? await findSession(em, token, context.now) : null;
  if (old) await endSessions(em, old.user_id, context.now, { only: old.id });
}

async function sellerAfter(em: EntityManager, request: Request, organisationId: string): Promise<string> {
  const [own] = await em.execute<{ parent_id: string }[]>(
    `select parent_id from organisation where id = ? and kind = 'customer'`,
    [organisationId],
  );
  return (
    own?.parent_id ?? findSeller(em, { code: readCookie(request, storefrontCookie), host: request.hostname })
  );
}
