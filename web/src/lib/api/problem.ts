/** A refusal of the api: its message is in the caller's language and says what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  /** Messages by field path, for forms. */
  readonly fields: Record<string, string>;
  readonly details: Record<string, string | number>;

  constructor(body: Partial<ProblemBody>, status: number, requestId: string) {
    super(body.message ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = body.status ?? status;
    this.code = body.code ?? 'UNREACHABLE';
    this.requestId = body.requestId ?? requestId;
    this.fields = body.fields ?? {};
    this.details = body.details ?? {};
  }
}

interface ProblemBody {
  status: number;
  code: string;
  message: string;
  requestId: string;
  fields: Record<string, string>;
  details: Record<string, string | number>;
}

/** Reads whatever a failed answer carries; an answer that is no problem document still becomes one. */
export function problemFrom(body: unknown, response: Response): Problem {
  const document = typeof body === 'object' && body !== null ? (body as Partial<ProblemBody>) : {};
  return new Problem(document, response.status, response.headers.get('x-request-id') ?? '');
}

/** What the error page shows for whatever was thrown; what SvelteKit says itself (404) stays as it is. */
export function pageError(error: unknown): Partial<App.Error> {
  if (!(error instanceof Problem)) return {};
  const permission = error.code === 'FORBIDDEN' ? error.details.permission : undefined;
  return {
    status: error.status,
    message: error.message,
    code: error.code,
    requestId: error.requestId,
    ...(permission === undefined ? {} : { permission: String(permission) }),
  };
}
