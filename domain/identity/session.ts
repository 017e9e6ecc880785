/** How long a session lives without a sign of life, and at most (ASVS 7.3.1, 7.3.2), in milliseconds. */
export const sessionLimits = {
  idle: 12 * 3600_000,
  absolute: 7 * 24 * 3600_000,
  /** The last sign of life is written at most this often. */
  touch: 60_000,
} as const;
