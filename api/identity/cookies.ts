import type { Request, Response } from 'express';
import type { Configuration } from '../../domain/configuration.ts';

const isHttps = (configuration: Configuration): boolean => configuration.publicUrl.startsWith('https://');

/** The session cookie's name: bound to host and path by its prefix wherever the site is on https. */
export function sessionCookieName(configuration: Configuration): string {
  return isHttps(configuration) ? '__Host-kboss' : 'kboss_session';
}

/** The value of a cookie of the request; the first one where a name comes twice. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** Gives the browser its session, until the session's last instant. */
export function setSessionCookie(
  response: Response,
  configuration: Configuration,
  token: string,
  expiresAt: Date,
): void {
  response.cookie(sessionCookieName(configuration), token, {
    httpOnly: true,
    secure: isHttps(configuration),
    sameSite: 'lax',
    path: '/',
    expires: expiresAt,
  });
}

export function clearSessionCookie(response: Response, configuration: Configuration): void {
  response.clearCookie(sessionCookieName(configuration), {
    httpOnly: true,
    secure: isHttps(configuration),
    sameSite: 'lax',
    path: '/',
  });
}
