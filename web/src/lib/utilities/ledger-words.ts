import { m } from '#lib/paraglide/messages.js';

const events: Record<string, () => string> = {
  recharge: m.event_recharge,
  gift: m.event_gift,
  deposit: m.event_deposit,
  hold: m.event_hold,
  release: m.event_release,
  reserve: m.event_reserve,
  sale: m.event_sale,
  refund: m.event_refund,
};

/** What a voucher books. */
export const eventLabel = (type: string): string => events[type]?.() ?? type;

/** 凭证号 as accountants say it, "2026-11 记 12"; before numbers are given, the event's own number. */
export function voucherNumber({
  period,
  number,
  eventId,
}: {
  period: string;
  number: number | null;
  eventId: string;
}): string {
  return number === null ? m.voucher_unnumbered({ event: eventId }) : m.voucher_numbered({ period, number });
}
