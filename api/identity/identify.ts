import { permissionsOf } from '../../domain/identity/permissions.ts';
import { findSession, type SessionRow } from '../../db/identity/sessions.ts';
import { findSeller } from '../../db/organisations/sellers.ts';
import type { Session } from '../context.ts';
import type { Identify } from '../router.ts';
import { readCookie, sessionCookieName } from './cookies.ts';
import { refuseCrossSite, requireCsrfToken } from './csrf.ts';

export const storefrontCookie = 'kboss_storefront';

/**
 * Who calls, by session cookie, and whose storefront they look at: a customer's seller, else the code of the
 * storefront cookie, else the host name, else the platform. A changing request from another site is refused.
 */
export const identify: Identify = async (request, _response, services) => {
  refuseCrossSite(request);
  const token = readCookie(request, sessionCookieName(services.configuration));
  const code = readCookie(request, storefrontCookie);
  const { row, sellerId } = await services.database.inScope('identity', async (em) => {
    const found = token ? await findSession(em, token, services.now()) : null;
    if (found?.kind === 'customer' && found.parent_id) return { row: found, sellerId: found.parent_id };
    return { row: found, sellerId: await findSeller(em, { code, host: request.hostname }) };
  });
  if (row) requireCsrfToken(request, services, row.id);
  return { session: row && sessionOf(row), sellerId };
};

function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    userId: row.user_id,
    organisationId: row.organisation_id,
    organisationKind: row.kind,
    parentId: row.parent_id,
    roles: row.roles,
    permissions: permissionsOf(row.kind, row.roles),
    expiresAt: new Date(row.expires_at),
  };
}
