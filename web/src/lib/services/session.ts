import { answer, api, type Fetch } from '#lib/api/client.ts';

/** Who is signed in, what they may do, and the storefront they look at. */
export const getSession = (request: Fetch) => answer(api(request).GET('/session'));

export type SessionAnswer = Awaited<ReturnType<typeof getSession>>;

/** Ends this browser's session. */
export const signOut = () => answer(api().POST('/sign-out'));

/** Acts for another organisation of the same person; the session is replaced. */
export const switchOrganisation = (organisationId: string) =>
  answer(api().POST('/session/organisation', { body: { organisationId } }));
