import { listDepartments } from '#lib/services/departments.ts';
import { listMembers } from '#lib/services/members.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'department.manage');
  const [departments, members] = await Promise.all([listDepartments(fetch), listMembers(fetch)]);
  return { departments: departments.items, members: members.items };
};
