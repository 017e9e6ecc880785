/** What the person who started us reads: one line a step with the time it took, progress lines between. */

// Whoever read our output may be gone; stopping in order matters more than telling.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

export function say(sentence: string): void {
  process.stdout.write(`  · ${sentence}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a step and says what came out of it and how long it took. `work` may answer a sentence of its own. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  describe?: (value: T) => string,
): Promise<T> {
  const began = performance.now();
  const value = await work();
  const detail = describe ? describe(value) : '';
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  print(`  ✓ ${`${name} ${detail}`.trim().padEnd(66)} ${seconds.padStart(7)}`);
  return value;
}
