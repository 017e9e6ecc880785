import { listDepartments } from '#lib/services/departments.ts';
import { listMembers } from '#lib/services/members.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'member.read');
  const [members, departments] = await Promise.all([listMembers(fetch), listDepartments(fetch)]);
  return { members, departments: departments.items };
};
