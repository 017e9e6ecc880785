import { listSshKeys } from '#lib/services/identity.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch }) => ({ keys: await listSshKeys(fetch) });
