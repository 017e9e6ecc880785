import type { Request } from 'express';
import { recordInInbox } from '../../db/inbox.ts';
import { poolOfCallback } from '../../db/payments/callbacks.ts';
import { verifyOpenComputingCallback } from '../../db/resources/open-computing-callback.ts';
import type { SignedMessage } from '../../db/resources/message-signature.ts';
import type { OpenComputingInboxBody } from '../../domain/inbox.ts';
import type { OpenComputingPool } from '../../domain/resources/open-computing.ts';
import { callback } from '../route.ts';

/** A supplier's word that something changed: kept before it is answered; what is true is looked up by the process. */
export const openComputingCallback = callback({
  method: 'post',
  path: '/callback/open-computing/:code',
  summary: 'Event of an open-computing supplier to one pool',
  async handler({ services, requestId, now }, { request, response }) {
    const code = String(request.params['code']);
    const outcome = await services.database.inScope('callback', async (em) => {
      const pool = await poolOfCallback(em, code);
      if (!pool?.settingsSealed) return 'UNKNOWN_POOL';
      const place = { table: 'pool', column: 'settings_sealed', id: pool.id };
      const settings = JSON.parse(
        services.secrets.open(pool.settingsSealed, place).reveal(),
      ) as OpenComputingPool;
      const verdict = verifyOpenComputingCallback(messageOf(request), settings, now);
      if (!verdict.genuine) return verdict.refusal;
      const { eventId, ...event } = verdict.event;
      const body: OpenComputingInboxBody = event;
      return recordInInbox(em, {
        provider: `open-computing/${pool.id}`,
        externalId: eventId,
        organisationId: pool.organisationId,
        body: { ...body },
      });
    });
    const isBelieved = outcome === 'recorded' || outcome === 'known';
    if (!isBelieved)
      services.log.warn({ requestId, refusal: outcome, callback: 'open-computing' }, 'not believed');
    response.status(isBelieved ? 204 : 401).end();
  },
});

function messageOf(request: Request): SignedMessage {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return {
    method: request.method,
    authority: (request.headers.host ?? '').toLowerCase(),
    target: request.originalUrl,
    body: Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '',
    headers: Object.fromEntries(headers) as SignedMessage['headers'],
  };
}
