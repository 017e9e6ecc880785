import { listProjects } from '#lib/services/projects.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  need((await parent()).session, 'project.read');
  return { projects: (await listProjects(fetch)).items };
};
