import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** A business refusal as it travels in failures: the code of the registry and its small details. */
export interface Refusal {
  code: string;
  details: Record<string, string>;
}

/** The typed refusal that an activity ended with, or null when it failed otherwise (which is then a defect). */
export function refusalOf(error: unknown): Refusal | null {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (!(cause instanceof ApplicationFailure) || !cause.nonRetryable || !cause.type) return null;
  return { code: cause.type, details: (cause.details?.[0] ?? {}) as Record<string, string> };
}

/** The refusal, for a workflow that cannot go on without one. */
export function refusalOrThrow(error: unknown): Refusal {
  const refusal = refusalOf(error);
  if (!refusal) throw error;
  return refusal;
}

/** The refusal as the failure that a caller of an update gets. */
export function asFailure({ code, details }: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ type: code, message: code, nonRetryable: true, details: [details] });
}

/** Whether an activity ran out of its time, so that nobody knows what it did. */
export function isTimeout(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof TimeoutFailure;
}
