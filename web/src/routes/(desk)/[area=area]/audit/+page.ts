import { listAuditEvents } from '#lib/services/audit.ts';
import { listMembers } from '#lib/services/members.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'audit.read');
  const [events, members] = await Promise.all([
    listAuditEvents(fetch, listQuery(url, ['subjectType', 'subjectId', 'userId'])),
    listMembers(fetch),
  ]);
  return { events, members: members.items };
};
