/**
 * One figure against its yardstick, in the shape of every bench. `ratio` is measured ÷ yardstickMeasured; `spread` is
 * (largest − smallest) ÷ median of the measured runs.
 */
export interface BenchRow {
  name: string;
  unit: string;
  measured: number;
  yardstick: string;
  yardstickMeasured: number;
  ratio: number;
  better: 'lower' | 'higher';
  aim: string;
  spread: number;
  runs: number;
  settings: Record<string, string | number | boolean>;
}

export interface Comparison {
  name: string;
  unit: string;
  yardstick: string;
  better: 'lower' | 'higher';
  /** The ratio that is wanted: at least it when higher is better, else at most. */
  aim: number;
  /** At least three; ours and the yardstick alternate, so that a busy minute hits both. */
  runs: number;
  settings: BenchRow['settings'];
  measure(): Promise<number>;
  measureYardstick(): Promise<number>;
}

/**
 * Runs ours and the yardstick by turns and compares their medians.
 * @throws Error when a run measured nothing
 */
export async function compare(comparison: Comparison): Promise<BenchRow> {
  const { name, unit, yardstick, better, runs, settings } = comparison;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    ours.push(measuredBy(name, await comparison.measure()));
    theirs.push(measuredBy(`the yardstick of ${name}`, await comparison.measureYardstick()));
    say(`${name} run ${run}: ${round(ours.at(-1)!)} ${unit}, yardstick ${round(theirs.at(-1)!)}`);
  }
  const measured = median(ours);
  return {
    name,
    unit,
    measured: round(measured),
    yardstick,
    yardstickMeasured: round(median(theirs)),
    ratio: round(measured / median(theirs)),
    better,
    aim: `${better === 'higher' ? '>=' : '<='} ${comparison.aim}`,
    spread: round((Math.max(...ours) - Math.min(...ours)) / measured),
    runs,
    settings,
  };
}

/** A figure of nothing would end as `null` in the row. */
function measuredBy(what: string, figure: number): number {
  if (!(figure > 0 && figure < Infinity)) throw new Error(`${what} measured nothing: ${figure}`);
  return figure;
}

/** Prints rows for people, or with `--json` on the command line as one array and nothing else on standard output. */
export function printRows(rows: readonly BenchRow[]): void {
  if (isJson()) return console.log(JSON.stringify(rows, null, 2));
  const cells = rows.map((row) => [
    row.name,
    `${row.measured} ${row.unit}`,
    `${row.yardstickMeasured} ${row.unit}`,
    `${row.ratio} (aim ${row.aim})`,
    `${row.runs} runs, spread ${Math.round(row.spread * 100)} %`,
    row.yardstick,
  ]);
  const table = [['', 'measured', 'yardstick', 'ratio', '', ''], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}

/** Progress and side figures, kept off standard output so that `--json` stays one array. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** True with `--quick`: the gate wants the outcome, not the figure. */
export const isQuick = (): boolean => process.argv.includes('--quick');
const isJson = (): boolean => process.argv.includes('--json');

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const round = (value: number): number => Number(value.toPrecision(4));
