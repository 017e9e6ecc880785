import { expect, jest, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../../scripts/bench/report.ts';

jest.setTimeout(600_000);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a bench as the gate does: for its outcome, not for its figures. */
function quick(name: string): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const bench = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', `scripts/bench/${name}.ts`, '--quick', '--json'],
      { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const limit = setTimeout(() => process.kill(-bench.pid!, 'SIGKILL'), 400_000);
    let [output, errors] = ['', ''];
    bench.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    bench.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    bench.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code, output, errors });
    });
  });
}

test.each([
  ['ledger', ['tpcb', 'orm']],
  ['order', ['rate', 'time']],
  ['start', ['start']],
])('bench:%s measures its rows and prints one array', async (name, rows) => {
  const { code, output, errors } = await quick(name);
  if (code !== 0) throw new Error(`bench:${name} ended with ${code}:\n${errors}`);
  const measured = JSON.parse(output) as BenchRow[];
  expect(measured.map((row) => row.name)).toEqual(expect.arrayContaining(rows));
  for (const row of measured) {
    expect(row).toEqual({
      name: expect.any(String),
      unit: expect.any(String),
      measured: expect.any(Number),
      yardstick: expect.any(String),
      yardstickMeasured: expect.any(Number),
      ratio: expect.any(Number),
      better: expect.stringMatching(/^(lower|higher)$/),
      aim: expect.any(String),
      spread: expect.any(Number),
      runs: expect.any(Number),
      settings: expect.any(Object),
    });
    expect(row.ratio).toBeGreaterThan(0);
  }
});
