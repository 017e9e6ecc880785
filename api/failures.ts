import type { ErrorCode } from '../domain/errors.ts';

const outage =
  /ECONNREFUSED|ECONNRESET|57P0[123]|Connection terminated|UNAVAILABLE|DEADLINE_EXCEEDED|TransportError/;

/**
 * What the caller hears of a failure that no route foresaw; each is logged as an error all the same. A value that
 * PostgreSQL cannot hold is the caller's (class 22), a lost race a conflict (23505), a deadlock or a server that is
 * gone will pass; anything else is a defect of ours.
 */
export function codeOfFailure(error: unknown): ErrorCode {
  const { code } = (error ?? {}) as { code?: unknown };
  const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
  if (sqlState.startsWith('22')) return 'INVALID_INPUT';
  if (sqlState === '23505') return 'CONFLICT';
  if (sqlState === '40001' || sqlState === '40P01') return 'TEMPORARILY_UNAVAILABLE';
  return outage.test(textOf(error)) ? 'TEMPORARILY_UNAVAILABLE' : 'INTERNAL';
}

/** Names, codes and messages of an error and of what caused it: clients wrap what the network said. */
function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { name, code, message, cause } = error as Record<string, unknown>;
  return `${String(name)} ${String(code)} ${String(message)} ${textOf(cause)}`;
}
