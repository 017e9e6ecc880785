import { answer, api, type Fetch } from '#lib/api/client.ts';

export const listInvitations = (request: Fetch) => answer(api(request).GET('/invitation-codes'));

export type Invitation = Awaited<ReturnType<typeof listInvitations>>['items'][number];

export const makeInvitation = (body: {
  campaign: string | null;
  accountManagerId: string | null;
  departmentId: string | null;
  maxUses: number | null;
  validTo: string | null;
}) => answer(api().POST('/invitation-codes', { body }));

/** Ends a code now; customers who came by it stay. */
export const endInvitation = (code: string) =>
  answer(api().DELETE('/invitation-codes/{code}', { params: { path: { code } } }));
