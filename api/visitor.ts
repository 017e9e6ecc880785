import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

const secretHeader = 'x-kboss-inner';
const hostHeader = 'x-kboss-host';
const addressHeader = 'x-kboss-address';

/** A request that the site renders a page for: the headers by which its calls to our own api are made for the visitor. */
export type SiteRequest = Request & { innerHeaders?: Readonly<Record<string, string>> };

/**
 * The site asks the api of its own process on behalf of a visitor, who came by another host name and address than that
 * inner call. A secret of this process, which no answer ever holds, tells such a call from one of outside: whoever
 * sends these headers without it is taken as if they had not been sent.
 */
export function visitorsOfSite(): { announce: RequestHandler; admit: RequestHandler } {
  const secret = randomBytes(32).toString('base64url');
  return {
    /** Before the site: hands over who the visitor is, as far as trusted proxies tell. */
    announce(request, _response, next) {
      (request as SiteRequest).innerHeaders = {
        [secretHeader]: secret,
        [hostHeader]: request.hostname ?? '',
        [addressHeader]: request.ip ?? '',
      };
      next();
    },
    /** Before everything: an inner call counts as its visitor's. */
    admit(request, _response, next) {
      const [given, hostname, ip] = [secretHeader, hostHeader, addressHeader].map((name) => {
        const value = request.get(name);
        delete request.headers[name];
        return value;
      });
      if (given !== undefined && isSame(given, secret)) {
        Object.defineProperties(request, { hostname: { value: hostname }, ip: { value: ip } });
      }
      next();
    },
  };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
