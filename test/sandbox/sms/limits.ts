import type { Submission } from './accounts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Aliyun's own limits over rolling windows (help.aliyun.com 2881383): codes 1 a minute, 5 an hour, 10 a day for one
 * number and signature; notices and promotions 50 a day for one number, signature and template; 40 a day for a number
 * over all. Returns the message of isv.BUSINESS_LIMIT_CONTROL, or undefined when the text may go.
 */
export function limitReached(sent: Submission[], next: Submission): string | undefined {
  const count = (window: number, fits: (one: Submission) => boolean): number =>
    sent.filter((one) => one.at > next.at - window && one.phone === next.phone && fits(one)).length;
  const isSameCode = (one: Submission): boolean => one.kind === 'otp' && one.signName === next.signName;
  const isSameTemplate = (one: Submission): boolean =>
    one.signName === next.signName && one.templateCode === next.templateCode;
  if (count(day, () => true) >= 40) return '触发号码天级流控Permits:40';
  if (next.kind !== 'otp') return count(day, isSameTemplate) >= 50 ? '触发天级流控Permits:50' : undefined;
  if (count(minute, isSameCode) >= 1) return '触发分钟级流控Permits:1';
  if (count(hour, isSameCode) >= 5) return '触发小时级流控Permits:5';
  if (count(day, isSameCode) >= 10) return '触发天级流控Permits:10';
  return undefined;
}
