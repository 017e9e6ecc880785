import { redirect } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** The console opens with what a customer has. */
export const load: PageLoad = () => redirect(307, '/console/resources');
