import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { paths } from '#lib/api/schema.d.ts';

export type AuditQuery = NonNullable<paths['/audit-events']['get']['parameters']['query']>;

/** The audit trail of one's own organisation, latest first. */
export const listAuditEvents = (request: Fetch, query: AuditQuery) =>
  answer(api(request).GET('/audit-events', { params: { query } }));

export type AuditEvent = Awaited<ReturnType<typeof listAuditEvents>>['items'][number];
