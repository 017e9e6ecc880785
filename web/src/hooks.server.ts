import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { pageError } from '#lib/api/problem.ts';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

/** Headers of api answers that pages may read while they are rendered. */
const readableHeaders = new Set(['content-type', 'content-length', 'x-request-id']);

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) => {
    const theme = event.cookies.get('kboss_theme');
    return resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale === 'zh' ? 'zh-CN' : 'en')
          .replace('%theme%', theme === 'light' || theme === 'dark' ? theme : 'auto'),
      filterSerializedResponseHeaders: (name) => readableHeaders.has(name),
    });
  });

/**
 * The site asks the api of its own process over the socket that the visitor came by, with the visitor's cookie and
 * language: no second configured address, and never a host name the visitor chose. Host name and address of the
 * visitor go along in the headers that the process handed over; it believes them by a secret of its own.
 */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url);
  const socket = event.platform?.req.socket;
  if (!pathname.startsWith('/api/') || !socket?.localPort) return fetch(request);
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const host = address.includes(':') ? `[${address}]` : address;
  const inner = new Request(`http://${host}:${socket.localPort}${pathname}${search}`, request);
  for (const name of ['accept-language', 'user-agent']) {
    const value = event.request.headers.get(name);
    if (value) inner.headers.set(name, value);
  }
  for (const [name, value] of Object.entries(event.platform?.req.innerHeaders ?? {}))
    inner.headers.set(name, value);
  const cookies = event.cookies.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  if (cookies.length > 0) inner.headers.set('cookie', cookies.join('; '));
  return fetch(inner);
};

export const handleError: HandleServerError = ({ error, event, kind }) => {
  const shown = pageError(error);
  if (kind === 'unknown' && !shown.code)
    console.error(`${event.request.method} ${event.url.pathname}`, error);
  return shown;
};
