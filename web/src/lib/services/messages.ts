import { answer, api, type Fetch } from '#lib/api/client.ts';
import type { paths } from '#lib/api/schema.d.ts';

type MessageQuery = NonNullable<paths['/messages']['get']['parameters']['query']>;

/** Messages to one's own organisation, latest first, and how many are unread. */
export const listMessages = (request: Fetch, query: MessageQuery) =>
  answer(api(request).GET('/messages', { params: { query } }));

export type Message = Awaited<ReturnType<typeof listMessages>>['items'][number];

export const readMessage = (id: string) =>
  answer(api().POST('/messages/{id}/read', { params: { path: { id } } }));

export const readAllMessages = () => answer(api().POST('/messages/read'));
