import createClient, { type Client } from 'openapi-fetch';
import { csrfToken } from '#lib/state/csrf.ts';
import { problemFrom } from './problem.ts';
import type { paths } from './schema.d.ts';

export type Fetch = typeof fetch;
type Api = Client<paths>;

/**
 * The generated client over a load function's fetch (or the browser's). Requests go out by path, so that SvelteKit
 * finds an answer already given during rendering instead of asking again.
 */
export function api(request: Fetch = fetch): Api {
  return createClient<paths>({
    baseUrl: 'http://kboss.invalid/api/v1',
    fetch: async (asked: Request) => {
      const { pathname, search } = new URL(asked.url);
      const method = asked.method;
      if (method === 'GET') return request(pathname + search);
      const headers = new Headers(asked.headers);
      const token = csrfToken();
      if (token) headers.set('X-CSRF-Token', token);
      return request(pathname + search, { method, headers, body: await asked.text() });
    },
  });
}

/** The data of an answer. @throws Problem when the api refused */
export async function answer<T>(
  asked: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemFrom(error, response);
  return data as T;
}

/** A fresh key for one attempt of a person: a double click repeats it, a new decision takes another. */
export function newAttempt(): string {
  return crypto.randomUUID();
}
