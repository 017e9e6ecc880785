import { answer, api, type Fetch } from '#lib/api/client.ts';

/** Projects of one's own organisation, the default one first. */
export const listProjects = (request: Fetch) => answer(api(request).GET('/projects'));
export type Project = Awaited<ReturnType<typeof listProjects>>['items'][number];

export const addProject = (name: string) => answer(api().POST('/projects', { body: { name } }));

export const changeProject = (id: string, body: { name?: string; state?: 'active' | 'closed' }) =>
  answer(api().PATCH('/projects/{id}', { params: { path: { id } }, body }));
