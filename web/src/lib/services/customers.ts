import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { paths } from '#lib/api/schema.d.ts';

export type CustomerQuery = NonNullable<paths['/customers']['get']['parameters']['query']>;

/** Customers of one's own organisation, latest first; a search answers one page. */
export const listCustomers = (request: Fetch, query: CustomerQuery) =>
  answer(api(request).GET('/customers', { params: { query } }));

export const getCustomer = (request: Fetch, id: string) =>
  answer(api(request).GET('/customers/{id}', { params: { path: { id } } }));

export type Customer = Awaited<ReturnType<typeof getCustomer>>;

/** Gives a customer to an account manager and a department; orders from now on carry them. */
export const assignCustomer = (
  id: string,
  body: { accountManagerId: string | null; departmentId: string | null },
) => answer(api().PUT('/customers/{id}/account-manager', { params: { path: { id } }, body }));

/** Child distributors; what is below them stays theirs. */
export const listDistributors = (request: Fetch, query: { cursor?: string }) =>
  answer(api(request).GET('/distributors', { params: { query } }));
