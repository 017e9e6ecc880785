/** The zone of the business has no summer time: civil times there are instants at +08:00. */

/** The last second of a day: "2026-12-31" → an instant. */
export const endOfCivilDay = (day: string): string => `${day}T23:59:59+08:00`;

/** What a `datetime-local` field says, as an instant. */
export const civilInstant = (local: string): string => `${local.slice(0, 16)}:00+08:00`;
