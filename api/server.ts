import { createServer, type Server } from 'node:http';
import express from 'express';
import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { buildRouter, type Identify } from './router.ts';
import type { AnyRoute } from './route.ts';
import type { Services } from './services.ts';
import { visitorsOfSite } from './visitor.ts';

export interface ServerParts {
  routes: readonly AnyRoute[];
  identify: Identify;
  /** The built site, mounted last; absent where only the api runs (tests). */
  site?: RequestHandler;
}

/**
 * The HTTP server: health, api and callbacks, then the site. `/healthz` answers while the process lives,
 * `/readyz` when PostgreSQL and Temporal answer too.
 */
export function buildServer(services: Services, parts: ServerParts): Server {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', services.configuration.trustProxy);
  app.set('query parser', 'simple');
  const { announce, admit } = visitorsOfSite();
  app.use(admit);
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', (_request, response, next) => {
    readiness(services)
      .then((report) => void response.status(report.ready ? 200 : 503).json(report))
      .catch(next);
  });
  app.use(
    ['/api', '/callback'],
    helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } }),
  );
  app.use(buildRouter(parts.routes, services, parts.identify));
  if (parts.site) app.use(siteHeaders, announce, parts.site);
  return createServer(app);
}

/** The site's own content security policy carries a nonce (SvelteKit); helmet gives it all other headers. */
const siteHeaders: RequestHandler[] = [
  helmet({ contentSecurityPolicy: false, crossOriginEmbedderPolicy: false }),
  (request, _response, next) => {
    request.headers['x-forwarded-proto'] ??= request.protocol;
    next();
  },
];

async function readiness(
  services: Services,
): Promise<{ ready: boolean; database: boolean; temporal: boolean }> {
  const [database, temporal] = await Promise.all([
    services.database.isReachable(),
    services.temporal.connection
      .withDeadline(Date.now() + 2000, () => services.temporal.workflowService.getSystemInfo({}))
      .then(
        () => true,
        () => false,
      ),
  ]);
  return { ready: database && temporal, database, temporal };
}
