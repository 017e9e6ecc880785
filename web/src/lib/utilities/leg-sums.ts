import type { SaleLeg } from '#lib/services/sales.ts';

interface LegSum {
  /** 分 */
  sold: bigint;
  bought: bigint;
  commission: bigint;
  margin: bigint;
}

const nothing: LegSum = { sold: 0n, bought: 0n, commission: 0n, margin: 0n };

/**
 * What each line of an order brought and cost the organisation whose legs these are, VAT included: its margin is the
 * net of the leg that it sold less the net of the leg that it bought (design: price chain, rule 2).
 */
export function legSums(
  sold: readonly SaleLeg[],
  bought: readonly SaleLeg[],
): { rows: (LegSum & { line: number })[]; total: LegSum } {
  const lines = [...new Set([...sold, ...bought].map(({ line }) => line))].sort((a, b) => a - b);
  const rows = lines.map((line) => {
    const ofLine = (legs: readonly SaleLeg[], key: 'gross' | 'commission' | 'net'): bigint =>
      legs.filter((leg) => leg.line === line).reduce((sum, leg) => sum + BigInt(leg[key]), 0n);
    return {
      line,
      sold: ofLine(sold, 'net'),
      bought: ofLine(bought, 'gross'),
      commission: ofLine(bought, 'commission'),
      margin: ofLine(sold, 'net') - ofLine(bought, 'net'),
    };
  });
  const total = rows.reduce<LegSum>(
    (sum, row) => ({
      sold: sum.sold + row.sold,
      bought: sum.bought + row.bought,
      commission: sum.commission + row.commission,
      margin: sum.margin + row.margin,
    }),
    nothing,
  );
  return { rows, total };
}
