/** How often something may be done in a window of seconds, by account (phone number) or by address. */
export interface RateLimit {
  name: string;
  most: number;
  seconds: number;
}

/**
 * Windows are fixed and durable. Address limits are wide because an institute's people share one address; the limit of
 * an account counts the phone number, registered or not, so that both behave alike.
 */
export const rateLimits = {
  signInAccount: { name: 'sign-in-account', most: 10, seconds: 900 },
  signInAddress: { name: 'sign-in-address', most: 100, seconds: 900 },
  smsAccountMinute: { name: 'sms-account-minute', most: 1, seconds: 60 },
  smsAccountDay: { name: 'sms-account-day', most: 10, seconds: 86_400 },
  smsAddress: { name: 'sms-address', most: 60, seconds: 3_600 },
  codeAddress: { name: 'code-address', most: 100, seconds: 900 },
  memberSearch: { name: 'member-add', most: 60, seconds: 3_600 },
} as const satisfies Record<string, RateLimit>;
