import { answer, api, type Fetch } from '#lib/api/client.ts';

export type CodePurpose = 'sign-up' | 'sign-in' | 'reset-password';

/** Sends an SMS code; the answer is the same whether the number is known or not. */
export const sendCode = (phone: string, purpose: CodePurpose) =>
  answer(api().POST('/sms-codes', { body: { phone, purpose } }));

export const signInByPassword = (body: { phone: string; password: string }) =>
  answer(api().POST('/sign-in/password', { body }));

export const signInByCode = (body: { phone: string; codeId: string; code: string }) =>
  answer(api().POST('/sign-in/code', { body }));

/** Opens an account and signs in; the seller is that of the invitation code, else of the storefront. */
export const signUp = (body: {
  phone: string;
  codeId: string;
  code: string;
  password: string;
  name: string;
  organisationName: string;
  invitationCode?: string;
}) => answer(api().POST('/sign-up', { body }));

export const resetPassword = (body: { phone: string; codeId: string; code: string; password: string }) =>
  answer(api().POST('/password/reset', { body }));

/** One's own living sessions, latest first. */
export const listSessions = (request: Fetch) => answer(api(request).GET('/sessions'));

export const endSession = (id: string) =>
  answer(api().DELETE('/sessions/{id}', { params: { path: { id } } }));

/** Every session ends; this browser gets a new one. */
export const changePassword = (body: { current: string; password: string }) =>
  answer(api().PUT('/password', { body }));

export const listSshKeys = (request: Fetch) => answer(api(request).GET('/ssh-keys'));

export const addSshKey = (body: { name: string; publicKey: string }) =>
  answer(api().POST('/ssh-keys', { body }));

export const removeSshKey = (id: string) =>
  answer(api().DELETE('/ssh-keys/{id}', { params: { path: { id } } }));
