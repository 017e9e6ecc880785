import { listDepartments } from '#lib/services/departments.ts';
import { listInvitations } from '#lib/services/invitations.ts';
import { listMembers } from '#lib/services/members.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'invitation.manage');
  const [invitations, members, departments] = await Promise.all([
    listInvitations(fetch),
    listMembers(fetch),
    listDepartments(fetch),
  ]);
  return { invitations: invitations.items, members: members.items, departments: departments.items };
};
