import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { BusinessError } from '../domain/errors.ts';
import { permissions } from '../domain/identity/permissions.ts';
import type { Context, Session, SignedInContext } from './context.ts';
import { keepAnswer, openAttempt } from './idempotency.ts';
import { parseInput } from './input.ts';
import { codeOfFailure } from './failures.ts';
import { asBusinessError, languageOf, sendProblem } from './problems.ts';
import type { AnyRoute, CallbackRoute, JsonRoute, RoutePermission, StreamRoute } from './route.ts';
import type { Services } from './services.ts';

/** Finds out who calls and whose storefront they look at; throws BusinessError on a cross-site request. */
export type Identify = (
  request: Request,
  response: Response,
  services: Services,
) => Promise<{ session: Session | null; sellerId: string }>;

const bodyLimit = '256kb';

/** Refuses bytes that are no UTF-8 instead of replacing them silently. */
function verifyUtf8(_request: unknown, _response: unknown, bytes: Buffer): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw Object.assign(new Error('not UTF-8'), { type: 'encoding.unsupported' });
  }
}

/**
 * All routes as one Express router: `/api/v1/…` and `/callback/…`. A route whose permission is unknown, or a path
 * declared twice, stops the start.
 */
export function buildRouter(routes: readonly AnyRoute[], services: Services, identify: Identify): Router {
  assertDeclared(routes);
  const router = express.Router();
  router.use('/api', express.json({ limit: bodyLimit, strict: false, verify: verifyUtf8 }));
  router.use('/callback', express.raw({ limit: bodyLimit, type: () => true }));
  for (const declared of routes) {
    const path = declared.kind === 'callback' ? declared.path : `/api/v1${declared.path}`;
    router[declared.method](path, (request, response, next) => {
      handle(declared, request, response, services, identify).catch(next);
    });
  }
  router.use('/api', (_request, _response, next) => next(new BusinessError('NOT_FOUND')));
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const requestId = requestIdOf(response);
    const business = asBusinessError(error);
    if (!business) services.log.error({ err: error, requestId, path: request.path }, 'request failed');
    sendProblem(response, business ?? new BusinessError(codeOfFailure(error)), {
      language: languageOf(request),
      requestId,
    });
  });
  return router;
}

function assertDeclared(routes: readonly AnyRoute[]): void {
  const seen = new Set<string>();
  for (const declared of routes) {
    const name = `${declared.method.toUpperCase()} ${declared.path}`;
    if (seen.has(name)) throw new Error(`${name} is declared twice`);
    seen.add(name);
    if (declared.kind === 'callback') continue;
    const known = ['public', 'signed-in', ...Object.keys(permissions)];
    if (!known.includes(declared.permission)) throw new Error(`${name} declares no known permission`);
  }
}

function requestIdOf(response: Response): string {
  const existing: unknown = response.locals.requestId;
  if (typeof existing === 'string') return existing;
  const requestId = randomUUID();
  response.locals.requestId = requestId;
  response.setHeader('X-Request-Id', requestId);
  return requestId;
}

async function handle(
  declared: AnyRoute,
  request: Request,
  response: Response,
  services: Services,
  identify: Identify,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  const base = {
    services,
    requestId: requestIdOf(response),
    language: languageOf(request),
    address: request.ip ?? '',
    host: request.hostname ?? '',
    agent: (request.headers['user-agent'] ?? '').slice(0, 300),
    now: services.now(),
  };
  if (declared.kind === 'callback') {
    await (declared as CallbackRoute).handler(
      { ...base, session: null, sellerId: '' },
      { request, response },
    );
    return;
  }
  const { session, sellerId } = await identify(request, response, services);
  const context = admit(declared.permission, { ...base, session, sellerId }, services);
  if (declared.kind === 'stream') await handleStream(declared, context, request, response);
  else await handleJson(declared, context, request, response);
}

/** The context of a caller whom the declared permission admits. @throws BusinessError SIGN_IN_REQUIRED, FORBIDDEN */
function admit(permission: RoutePermission, context: Context, services: Services): Context | SignedInContext {
  const { session } = context;
  if (permission === 'public' && !session) return context;
  if (!session) throw new BusinessError('SIGN_IN_REQUIRED');
  if (permission !== 'public' && permission !== 'signed-in' && !session.permissions.has(permission)) {
    const { userId, organisationId } = session;
    services.log.warn({ requestId: context.requestId, permission, userId, organisationId }, 'forbidden');
    throw new BusinessError('FORBIDDEN', {
      permission: permissions[permission][context.language],
      code: permission,
    });
  }
  const { organisationId, userId } = session;
  const run: SignedInContext['run'] = (work, options) =>
    services.database.inOrganisation({ organisationId, userId }, work, options);
  return { ...context, session, run };
}

async function handleStream(
  declared: StreamRoute,
  context: Context,
  request: Request,
  response: Response,
): Promise<void> {
  const query = parseInput(declared.query, request.query, context.language);
  await declared.handler({ ...context, query } as never, { request, response });
}

async function handleJson(
  declared: JsonRoute,
  context: Context | SignedInContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { language } = context;
  const inputs = {
    params: parseInput(declared.params, request.params, language),
    query: parseInput(declared.query, request.query, language),
    body: parseInput(declared.body, declared.body ? request.body : undefined, language),
  };
  const call = async (more: object): Promise<unknown> =>
    declared.response.parse(
      await declared.handler({ ...context, ...inputs, ...more } as never, { request, response }),
    );
  if (!declared.idempotent) {
    response.status(declared.status).json(await call({}));
    return;
  }
  const signedIn = context as SignedInContext;
  const operation = `${request.method} ${request.baseUrl}${request.path}`;
  const { attempt, answer } = await openAttempt(
    signedIn,
    request.get('Idempotency-Key'),
    operation,
    request.body,
  );
  if (answer) {
    response.status(answer.status).json(answer.response);
    return;
  }
  const result = await call({ attempt });
  await keepAnswer(signedIn, attempt.key, { status: declared.status, response: result });
  response.status(declared.status).json(result);
}
