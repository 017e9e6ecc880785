import { answer, api, type Fetch } from '#lib/api/client.ts';

/** Payment and SMS accounts of one's own organisation; ids are masked, keys are never shown. */
export const getBindings = (request: Fetch) => answer(api(request).GET('/bindings'));
