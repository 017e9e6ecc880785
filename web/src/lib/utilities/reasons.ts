import { errorMessage, errorRegistry, type ErrorCode } from '../../../../domain/errors.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** What a history's reason says in words: a code of the error registry, whom it waits for, or what somebody wrote. */
export function reasonText(reason: string | null): string | null {
  if (reason === 'supplier') return m.wait_supplier();
  if (reason === 'people') return m.wait_people();
  if (reason === null || !(reason in errorRegistry)) return reason;
  return errorMessage(reason as ErrorCode, getLocale(), {});
}
