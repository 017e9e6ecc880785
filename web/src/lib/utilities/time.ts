import { getLocale } from '#lib/paraglide/runtime.js';

const zone = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** "2026-11-24 09:30" in the zone of the business. */
export function dateAndTime(instant: string | Date): string {
  return parts.format(new Date(instant)).slice(0, 16);
}

/** "2026-11-24" in the zone of the business. */
export function civilDay(instant: string | Date): string {
  return parts.format(new Date(instant)).slice(0, 10);
}

/** With seconds and the offset, for the tooltip. */
export function exactTime(instant: string | Date): string {
  return `${parts.format(new Date(instant))} UTC+08:00`;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "3 分钟前", never shown without the absolute time beside it. */
export function relativeTime(instant: string | Date, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(getLocale() === 'zh' ? 'zh-CN' : 'en', { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'minute');
}

/** "29:05" until the instant, "0:00" once it passed. */
export function countdown(instant: string, now: Date): string {
  const left = Math.max(0, Math.floor((new Date(instant).getTime() - now.getTime()) / 1000));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
