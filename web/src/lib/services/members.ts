import { answer, api, type Fetch } from '#lib/api/client.ts';

/** Members of one's own organisation, and the roles there are. */
export const listMembers = (request: Fetch) => answer(api(request).GET('/members'));

export type Member = Awaited<ReturnType<typeof listMembers>>['items'][number];

/** Adds a member by phone number; who is new signs in by SMS code. */
export const addMember = (body: {
  phone: string;
  name: string;
  roles: string[];
  departmentId: string | null;
}) => answer(api().POST('/members', { body }));

export const changeMember = (userId: string, body: { roles: string[]; departmentId: string | null }) =>
  answer(api().PATCH('/members/{userId}', { params: { path: { userId } }, body }));

/** Lets a member go; their sessions in this organisation end. */
export const letMemberGo = (userId: string) =>
  answer(api().DELETE('/members/{userId}', { params: { path: { userId } } }));
