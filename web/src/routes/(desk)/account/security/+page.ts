import { listSessions } from '#lib/services/identity.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({ sessions: await listSessions(fetch) });
