/**
 * The workflow's own clock, the only one that its code may read: it stands still between activations and says the
 * same in every replay.
 */
export const now = (): string => new Date().toISOString();

/** The same in milliseconds, for waiting until a moment. */
export const nowInMilliseconds = (): number => Date.now();
