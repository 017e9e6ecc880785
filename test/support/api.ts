import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { csrfTokenOf } from '../../api/identity/csrf.ts';
import { identify } from '../../api/identity/identify.ts';
import type { AnyRoute } from '../../api/route.ts';
import { routes } from '../../api/routes.ts';
import { buildServer } from '../../api/server.ts';
import type { Services } from '../../api/services.ts';
import { openSession } from '../../db/identity/sessions.ts';
import { readConfiguration } from '../../domain/configuration.ts';
import type { Person, World } from './world.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The JSON of the answer. */
  body: Record<string, unknown>;
  /** The same, as the caller knows it to be. */
  json<T>(): T;
}

interface CallOptions {
  headers?: Record<string, string>;
  /** Sent as Idempotency-Key. */
  key?: string;
}

/** A browser or program that calls the api; paths are under /api/v1. */
export interface Caller {
  get(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  put(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  patch(path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  delete(path: string, options?: CallOptions): Promise<Answer>;
  /** Any call; `raw` bytes go out as they are. */
  call(
    method: string,
    path: string,
    options?: CallOptions & { body?: unknown; raw?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Answer>;
  /** The cookies it holds; answers' Set-Cookie headers change them. */
  cookies: Map<string, string>;
  csrfToken: string | null;
}

export interface RunningApi {
  url: string;
  services: Services;
  /** Lines of the log at level error and above. */
  log: Record<string, unknown>[];
  anonymous(): Caller;
  /** Somebody with a session opened behind the sign-in routes (which have tests of their own). */
  as(person: Person, organisationId?: string): Promise<Caller>;
  close(): Promise<void>;
}

const nowhere = '127.0.0.1:9';

/** Serves the api of a world on a port of its own. Without a Temporal address processes cannot be started. */
export async function anApi(
  world: World,
  options: {
    taskQueue?: string;
    routes?: readonly AnyRoute[];
    env?: Record<string, string>;
    /** A server that is away, and is not tried twice: for tests that must start nothing. */
    temporal?: 'unreachable';
  } = {},
): Promise<RunningApi> {
  const isAway = options.temporal === 'unreachable';
  const configuration = readConfiguration(
    {
      DATABASE_URL: world.database.apiUrl,
      TEMPORAL_ADDRESS: isAway ? nowhere : (process.env.KBOSS_TEST_TEMPORAL_ADDRESS ?? nowhere),
      TEMPORAL_NAMESPACE: process.env.KBOSS_TEST_TEMPORAL_NAMESPACE ?? 'kboss',
      KBOSS_PORT: '0',
      ...options.env,
    },
    'api',
  );
  const log: Record<string, unknown>[] = [];
  const connection = Connection.lazy({
    address: configuration.temporalAddress,
    ...(isAway ? { interceptors: [] } : {}),
  });
  const services: Services = {
    configuration,
    database: world.api,
    temporal: new Client({ connection, namespace: configuration.temporalNamespace }),
    taskQueue: options.taskQueue ?? 'kboss',
    secrets: world.secrets,
    log: pino({ level: 'error' }, { write: (line) => log.push(JSON.parse(line) as Record<string, unknown>) }),
    now: () => new Date(),
  };
  const server = buildServer(services, { routes: options.routes ?? routes, identify });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    services,
    log,
    anonymous: () => aCaller(url),
    as: (person, organisationId) => callerAs(world, url, person, organisationId),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await connection.close();
    },
  };
}

/** Somebody with a session in this world, who calls the api at `url`, in whatever process it runs. */
export async function callerAs(
  world: World,
  url: string,
  person: Person,
  organisationId = person.organisationId,
): Promise<Caller> {
  const session = await world.api.inScope('identity', (em) =>
    openSession(em, { userId: person.id, organisationId, address: '', agent: 'test', now: new Date() }),
  );
  const caller = aCaller(url);
  caller.cookies.set('kboss_session', session.token);
  caller.csrfToken = csrfTokenOf(world, session.id);
  return caller;
}

function aCaller(url: string): Caller {
  const cookies = new Map<string, string>();
  const caller: Caller = {
    cookies,
    csrfToken: null,
    get: (path, options) => caller.call('GET', path, options),
    post: (path, body, options) => caller.call('POST', path, { ...options, body: body ?? {} }),
    put: (path, body, options) => caller.call('PUT', path, { ...options, body: body ?? {} }),
    patch: (path, body, options) => caller.call('PATCH', path, { ...options, body: body ?? {} }),
    delete: (path, options) => caller.call('DELETE', path, options),
    async call(method, path, { body, raw, headers, key } = {}) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(body === undefined && raw === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(cookies.size > 0 ? { Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } : {}),
          ...(caller.csrfToken ? { 'X-CSRF-Token': caller.csrfToken } : {}),
          ...(key ? { 'Idempotency-Key': key } : {}),
          ...headers,
        },
        ...(raw !== undefined ? { body: raw } : body !== undefined ? { body: JSON.stringify(body) } : {}),
      });
      for (const cookie of response.headers.getSetCookie()) keepCookie(cookies, cookie);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
      const parsed = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
      if ('csrfToken' in parsed) caller.csrfToken = parsed.csrfToken as string | null;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: parsed,
        json: <T>() => parsed as T,
      };
    },
  };
  return caller;
}

function keepCookie(cookies: Map<string, string>, header: string): void {
  const [pair, ...attributes] = header.split(';');
  const [name, ...value] = pair!.split('=');
  const isGone = attributes.some((attribute) => /^\s*expires=Thu, 01 Jan 1970/i.test(attribute));
  if (isGone) cookies.delete(name!);
  else cookies.set(name!, value.join('='));
}
