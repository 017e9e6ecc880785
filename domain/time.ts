/**
 * Billing dates are civil dates of Asia/Shanghai (no daylight saving since 1991, so a fixed +08:00 is exact for
 * every date the product handles); instants are Date. Nothing here reads a clock.
 */
export type CivilDate = string;

const shanghaiOffset = 8 * 3600_000;

/** The Shanghai civil date of an instant, "YYYY-MM-DD". */
export function civilDate(instant: Date): CivilDate {
  return new Date(instant.getTime() + shanghaiOffset).toISOString().slice(0, 10);
}

/** The instant at which a Shanghai civil date begins. */
export function startOfCivilDate(date: CivilDate): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - shanghaiOffset);
}

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * Adds months keeping the anchor day: from 01-31 one month gives 02-28 (or 29), and the next, with the same anchor,
 * 03-31. `anchorDay` defaults to the day of `date`.
 */
export function addMonthsAnchored(date: CivilDate, months: number, anchorDay?: number): CivilDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  const targetDay = Math.min(anchorDay ?? day, daysInMonth(targetYear, targetMonth));
  return `${targetYear}-${String(targetMonth).padStart(2, '0')}-${String(targetDay).padStart(2, '0')}`;
}

/** An instant moved by whole months in Shanghai, keeping the time of day and the anchor day. */
export function addMonthsToInstant(instant: Date, months: number): Date {
  const date = civilDate(instant);
  const within = instant.getTime() - startOfCivilDate(date).getTime();
  return new Date(startOfCivilDate(addMonthsAnchored(date, months)).getTime() + within);
}
