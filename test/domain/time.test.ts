import { describe, expect, test } from '@jest/globals';
import { addMonthsAnchored, addMonthsToInstant, civilDate, startOfCivilDate } from '../../domain/time.ts';

describe('civil dates of Asia/Shanghai', () => {
  test('the day turns at 16:00 UTC', () => {
    expect(civilDate(new Date('2026-11-24T15:59:59.999Z'))).toBe('2026-11-24');
    expect(civilDate(new Date('2026-11-24T16:00:00Z'))).toBe('2026-11-25');
    expect(startOfCivilDate('2026-11-25')).toEqual(new Date('2026-11-24T16:00:00Z'));
  });

  test('months keep their anchor day', () => {
    expect(addMonthsAnchored('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonthsAnchored('2026-02-28', 1, 31)).toBe('2026-03-31');
    expect(addMonthsAnchored('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonthsAnchored('2026-12-15', 1)).toBe('2027-01-15');
    expect(addMonthsAnchored('2026-03-31', -1)).toBe('2026-02-28');
  });

  test('an instant moves by months and keeps its time of day', () => {
    expect(addMonthsToInstant(new Date('2026-01-31T02:03:04Z'), 1)).toEqual(new Date('2026-02-28T02:03:04Z'));
    // 23:30 UTC on the 30th is the 31st in Shanghai
    expect(addMonthsToInstant(new Date('2026-01-30T23:30:00Z'), 2)).toEqual(new Date('2026-03-30T23:30:00Z'));
  });
});
