import { error, redirect } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

const month = 60 * 60 * 24 * 30;

/** A storefront's address: from here on this visitor looks at that seller's shop and prices. */
export const GET: RequestHandler = async ({ params, cookies, fetch, platform, url }) => {
  const isHttps = (platform?.req.headers['x-forwarded-proto'] ?? url.protocol) !== 'http';
  const secure = isHttps && url.protocol === 'https:';
  cookies.set('kboss_storefront', params.code, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: month,
  });
  const shown = await fetch('/api/v1/session');
  const session = (await shown.json()) as { storefront: { code: string } | null };
  if (session.storefront?.code !== params.code) {
    cookies.delete('kboss_storefront', { path: '/', secure });
    error(404, m.not_found_storefront());
  }
  redirect(303, '/');
};
