import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { z } from 'zod';
import { commonErrors } from '../domain/common.errors.ts';
import type { ErrorCode } from '../domain/errors.ts';
import { problemSchema, statusOf } from './problems.ts';
import type { AnyRoute, JsonRoute, StreamRoute } from './route.ts';

/** The OpenAPI 3.1 contract of all routes but the providers' callbacks. */
export function openApiDocument(routes: readonly AnyRoute[]): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const declared of routes) {
    if (declared.kind === 'callback') continue;
    const path = declared.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [declared.method]: operationOf(declared) };
  }
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: { title: 'KBOSS', version: '1.0.0', description: '开元云业务支撑系统的接口约定' },
    servers: [{ url: '/api/v1' }],
    paths,
  };
  return createDocument(document);
}

function operationOf(declared: JsonRoute | StreamRoute): ZodOpenApiOperationObject {
  const headers =
    declared.kind === 'json' && declared.idempotent ? z.object({ 'Idempotency-Key': z.string() }) : undefined;
  const params =
    declared.kind === 'json' && declared.params instanceof z.ZodObject ? declared.params : undefined;
  const query = declared.query instanceof z.ZodObject ? declared.query : undefined;
  return {
    summary: declared.summary,
    tags: [declared.path.split('/')[1] ?? ''],
    'x-permission': declared.permission,
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { header: headers } : {}),
    },
    ...(declared.kind === 'json' && declared.body
      ? { requestBody: { content: { 'application/json': { schema: declared.body } }, required: true } }
      : {}),
    responses: {
      ...(declared.kind === 'json'
        ? {
            [`${declared.status}`]: {
              description: 'OK',
              content: { 'application/json': { schema: declared.response } },
            },
          }
        : { '200': { description: 'Event stream', content: { 'text/event-stream': {} } } }),
      ...problemResponses(declared.errors ?? []),
    },
  } as ZodOpenApiOperationObject;
}

function problemResponses(own: readonly ErrorCode[]): Record<string, unknown> {
  const codes = [...own, ...(Object.keys(commonErrors) as ErrorCode[])];
  const byStatus = Map.groupBy(codes, statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, listed]) => [
      `${status}`,
      {
        description: [...new Set(listed)].join(', '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
