import { signatureHeaders } from '../../../db/resources/message-signature.ts';
import type { OpenComputingPool } from '../../../domain/resources/open-computing.ts';
import { DriverError } from '../driver.ts';

export interface SupplierAnswer {
  status: number;
  body: Record<string, unknown>;
}

const usualTimeoutMilliseconds = 15_000;
const longestAnswer = 1_000_000;

/**
 * One signed call. Returns what the supplier answered in JSON below 500; a broken connection, a time-out, a 5xx or an
 * answer that is no JSON object is `DriverError` NO_VALID_ANSWER with retry `look-up`: it may have happened.
 */
export async function callSupplier(
  pool: OpenComputingPool,
  call: { method: 'GET' | 'POST' | 'DELETE'; path: string; idempotencyKey?: string; body?: unknown },
): Promise<SupplierAnswer> {
  const url = new URL(`${pool.baseUrl}${call.path}`);
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
  if (body) headers['content-type'] = 'application/json';
  Object.assign(
    headers,
    signatureHeaders(
      { method: call.method, authority: url.host, target: `${url.pathname}${url.search}`, body, headers },
      { keyId: pool.keyId, privateKey: pool.privateKey, at: new Date() },
    ),
  );
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, {
      method: call.method,
      headers,
      ...(body ? { body } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(pool.answerTimeoutMilliseconds ?? usualTimeoutMilliseconds),
    });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    throw new DriverError('NO_VALID_ANSWER', 'look-up', `${call.method} ${url.pathname}`, { cause: error });
  }
  const parsed = text.length > longestAnswer ? null : parseObject(text);
  if (status >= 500 || !parsed) {
    throw new DriverError('NO_VALID_ANSWER', 'look-up', `${call.method} ${url.pathname} answered ${status}`);
  }
  return { status, body: parsed };
}

function parseObject(text: string): Record<string, unknown> | null {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
