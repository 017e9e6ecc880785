import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { BusinessError } from '../../domain/errors.ts';
import type { Services } from '../services.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The token of a session, which its pages send as `X-CSRF-Token`: a keyed hash, so nothing has to be stored. */
export function csrfTokenOf(services: Pick<Services, 'secrets'>, sessionId: string): string {
  return services.secrets.hash(`csrf ${sessionId}`);
}

/**
 * Refuses a changing request that another site made a browser send: by Fetch Metadata, else by Origin where an
 * old browser sends no metadata. Programs send neither and carry no cookie that they were not given.
 * @throws BusinessError CROSS_SITE_REQUEST
 */
export function refuseCrossSite(request: Request): void {
  if (safeMethods.has(request.method)) return;
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw new BusinessError('CROSS_SITE_REQUEST');
    return;
  }
  const origin = request.get('Origin');
  if (origin === undefined) return;
  if (!URL.canParse(origin) || new URL(origin).host !== request.get('Host')) {
    throw new BusinessError('CROSS_SITE_REQUEST');
  }
}

/**
 * Asks a changing request of a session for its token.
 * @throws BusinessError CROSS_SITE_REQUEST
 */
export function requireCsrfToken(request: Request, services: Services, sessionId: string): void {
  if (safeMethods.has(request.method)) return;
  const given = Buffer.from(request.get('X-CSRF-Token') ?? '');
  const expected = Buffer.from(csrfTokenOf(services, sessionId));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new BusinessError('CROSS_SITE_REQUEST');
  }
}
