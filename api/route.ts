import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import type { Permission } from '../domain/identity/permissions.ts';
import type { Attempt, Context, SignedInContext } from './context.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** `public`: anyone; `signed-in`: any signed-in person, about themselves; else a permission of the table. */
export type RoutePermission = 'public' | 'signed-in' | Permission;

export type Input<T extends z.ZodType | undefined> = T extends z.ZodType ? z.output<T> : undefined;

interface Inputs<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
> {
  params: Input<P>;
  query: Input<Q>;
  body: Input<B>;
}

type ContextFor<A extends RoutePermission> = A extends 'public' ? Context : SignedInContext;

interface Declaration<A extends RoutePermission> {
  method: Method;
  /** Under /api/v1, Express notation: /orders/:number */
  path: `/${string}`;
  permission: A;
  /** One line for the contract. */
  summary: string;
  /** Codes that this route answers with besides the common ones. */
  errors?: readonly ErrorCode[];
}

export interface JsonDeclaration<
  A extends RoutePermission,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType,
  I extends boolean,
> extends Declaration<A> {
  params?: P;
  query?: Q;
  body?: B;
  /** What is answered; keys that it does not name are stripped, so that no column leaks by accident. */
  response: R;
  /** Success status, 200 unless told. */
  status?: 200 | 201 | 202;
  /** True where the route moves money or starts a process: an Idempotency-Key header is then required. */
  idempotent?: I;
  handler: (
    context: ContextFor<A> & Inputs<P, Q, B> & (I extends true ? { attempt: Attempt } : unknown),
    http: { request: Request; response: Response },
  ) => Promise<z.input<R>>;
}

/** A route as the router and the contract see it. */
export interface JsonRoute extends Declaration<RoutePermission> {
  kind: 'json';
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  response: z.ZodType;
  status: number;
  idempotent: boolean;
  handler: (context: never, http: { request: Request; response: Response }) => Promise<unknown>;
}

/** An event stream: answers on the response itself. */
export interface StreamRoute extends Declaration<RoutePermission> {
  kind: 'stream';
  query: z.ZodType | undefined;
  handler: (context: never, http: { request: Request; response: Response }) => Promise<void>;
}

/** A provider's callback: raw body, own verification, mounted at its path without /api/v1. */
export interface CallbackRoute {
  kind: 'callback';
  method: 'get' | 'post';
  path: `/callback/${string}`;
  summary: string;
  handler: (context: Context, http: { request: Request; response: Response }) => Promise<void>;
}

export type AnyRoute = JsonRoute | StreamRoute | CallbackRoute;

/** Declares a JSON route; its inputs are validated before the handler runs, unknown fields are refused. */
export function route<
  A extends RoutePermission,
  R extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  I extends boolean = false,
>(declaration: JsonDeclaration<A, P, Q, B, R, I>): JsonRoute {
  const { params, query, body, status, idempotent, ...rest } = declaration;
  return {
    ...rest,
    kind: 'json',
    params,
    query,
    body,
    status: status ?? 200,
    idempotent: idempotent ?? false,
  };
}

/** Declares an event stream; the router checks the permission, the handler re-checks it per event. */
export function stream<A extends RoutePermission, Q extends z.ZodType | undefined = undefined>(
  declaration: Declaration<A> & {
    query?: Q;
    handler: (
      context: ContextFor<A> & { query: Input<Q> },
      http: { request: Request; response: Response },
    ) => Promise<void>;
  },
): StreamRoute {
  return { ...declaration, kind: 'stream', query: declaration.query };
}

/** Declares a provider's callback; `request.body` is a Buffer. */
export function callback(declaration: Omit<CallbackRoute, 'kind'>): CallbackRoute {
  return { ...declaration, kind: 'callback' };
}
