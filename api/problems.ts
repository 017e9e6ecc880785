import type { Request, Response } from 'express';
import { z } from 'zod';
import {
  BusinessError,
  errorMessage,
  errorRegistry,
  type ErrorCode,
  type Language,
} from '../domain/errors.ts';

/** RFC 9457 problem with our members: `code`, a message in the caller's language, fields at fault, the request id. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'What went wrong and what to do about it' });

/** The language the caller asked for: our cookie first, then Accept-Language, Chinese otherwise. */
export function languageOf(request: Request): Language {
  const chosen = /(?:^|;\s*)kboss_language=(zh|en)/.exec(request.headers.cookie ?? '')?.[1];
  if (chosen === 'zh' || chosen === 'en') return chosen;
  return request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}

/** Turns whatever was thrown into a BusinessError, or null when it is a defect or an outage of ours. */
export function asBusinessError(error: unknown): BusinessError | null {
  if (error instanceof BusinessError) return error;
  const type = (error as { type?: unknown } | null)?.type;
  if (type === 'entity.too.large') return new BusinessError('REQUEST_TOO_LARGE');
  if (typeof type === 'string' && /^(entity|encoding|charset|request)\./.test(type)) {
    return new BusinessError('MALFORMED_REQUEST');
  }
  return error instanceof URIError ? new BusinessError('MALFORMED_REQUEST') : null;
}

/** Answers with a problem document. */
export function sendProblem(
  response: Response,
  error: BusinessError,
  context: { language: Language; requestId: string },
): void {
  const { status } = errorRegistry[error.code];
  const message = errorMessage(error.code, context.language, error.details);
  const seconds = error.details.seconds;
  if (status === 429 && seconds !== undefined) response.setHeader('Retry-After', String(seconds));
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:kboss:error:${error.code}`,
        title: message,
        status,
        code: error.code,
        message,
        ...(Object.keys(error.fields).length > 0 ? { fields: fieldTexts(error, context.language) } : {}),
        ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
        requestId: context.requestId,
      } satisfies z.input<typeof problemSchema>),
    );
}

/** Rules name a field's fault by its code; people get the code's text. */
function fieldTexts({ fields, details }: BusinessError, language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, text]) => [
      field,
      Object.hasOwn(errorRegistry, text) ? errorMessage(text as ErrorCode, language, details) : text,
    ]),
  );
}

/** The status of a code, for the contract. */
export function statusOf(code: ErrorCode): number {
  return errorRegistry[code].status;
}
