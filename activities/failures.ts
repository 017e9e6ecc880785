import { ApplicationFailure } from '@temporalio/common';
import { ConfigurationError } from '../domain/configuration.ts';
import { BusinessError } from '../domain/errors.ts';

/**
 * Turns refusals into typed failures that are never retried, so that a process stops on a business error and retries
 * only what can pass. Anything else is left as it is and retried.
 */
export function typed<T extends object>(activities: T): T {
  const entries = Object.entries(activities) as [string, (...args: unknown[]) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([name, run]) => [
      name,
      async (...args: unknown[]) => {
        try {
          return await run(...args);
        } catch (error) {
          throw asFailure(error);
        }
      },
    ]),
  ) as T;
}

/** What passes by itself: the books are being checked, and take the posting afterwards. */
const passing: readonly string[] = ['BOOK_PARKED'];

function asFailure(error: unknown): unknown {
  // A person must change it: trying again would go on for ever.
  if (error instanceof ConfigurationError) {
    return ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable: true });
  }
  if (!(error instanceof BusinessError) || passing.includes(error.code)) return error;
  const details = Object.fromEntries(
    Object.entries(error.details).map(([name, value]) => [name, String(value)]),
  );
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: true,
    details: [details],
    category: 'BENIGN',
  });
}
