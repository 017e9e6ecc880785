import { answer, api, type Fetch } from '#lib/api/client.ts';

export const listDepartments = (request: Fetch) => answer(api(request).GET('/departments'));

export type Department = Awaited<ReturnType<typeof listDepartments>>['items'][number];

export const makeDepartment = (body: { name: string; parentId: string | null }) =>
  answer(api().POST('/departments', { body }));

export const renameDepartment = (id: string, name: string) =>
  answer(api().PATCH('/departments/{id}', { params: { path: { id } }, body: { name } }));

/** Closes a department that nobody belongs to any more. */
export const closeDepartment = (id: string) =>
  answer(api().DELETE('/departments/{id}', { params: { path: { id } } }));
