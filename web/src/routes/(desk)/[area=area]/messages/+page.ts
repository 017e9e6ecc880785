import { listMessages } from '#lib/services/messages.ts';
import { listQuery } from '#lib/utilities/list-query.ts';
import { need } from '#lib/utilities/permissions.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  need((await parent()).session, 'message.read');
  return { messages: await listMessages(fetch, listQuery(url, [])) };
};
