import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { components, paths } from '#lib/api/schema.d.ts';

type Schemas = components['schemas'];
export type Resource = Schemas['Resource'];
export type ResourceDetail = Schemas['ResourceDetail'];
export type AccessInformation = Schemas['AccessInformation'];
export type ResourceQuery = NonNullable<paths['/resources']['get']['parameters']['query']>;

/** Resources of one's own organisation, latest first. */
export const listResources = (request: Fetch, query: ResourceQuery) =>
  answer(api(request).GET('/resources', { params: { query } }));

export const getResource = (request: Fetch, number: string) =>
  answer(api(request).GET('/resources/{number}', { params: { path: { number } } }));

/** Shows the connection information; every look is kept in the audit trail. */
export const revealAccess = (number: string) =>
  answer(api().POST('/resources/{number}/reveal', { params: { path: { number } } }));

export const renameResource = (number: string, name: string) =>
  answer(api().PATCH('/resources/{number}', { params: { path: { number } }, body: { name } }));
