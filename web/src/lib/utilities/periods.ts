import { civilDay } from './time.ts';

/** The months of the last two years, latest first, as a filter offers them. */
export function recentPeriods(now: Date): { value: string; label: string }[] {
  const [year = 0, month = 1] = civilDay(now).split('-').map(Number);
  return Array.from({ length: 24 }, (_, back) => {
    const index = year * 12 + (month - 1) - back;
    const value = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    return { value, label: value };
  });
}
