import { getOffer } from '#lib/services/catalogue.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => ({ offer: await getOffer(fetch, params.code) });
