/** What an SMS code is for; a code serves the purpose it was asked for only. */
export const smsPurposes = ['sign-up', 'sign-in', 'reset-password'] as const;
export type SmsPurpose = (typeof smsPurposes)[number];

/** Life of a code and tries of it (ASVS 6.5.4, 6.5.5): six digits, five minutes, five tries. */
export const smsCodeLimits = { milliseconds: 5 * 60_000, tries: 5 } as const;
