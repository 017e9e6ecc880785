import { setTimeout as delay } from 'node:timers/promises';

/** Looks until something is a fact; fails with its name when it is none after `milliseconds`. */
export async function waitFor(
  fact: string,
  isFact: () => boolean | Promise<boolean>,
  milliseconds = 10_000,
): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await isFact())) {
    if (performance.now() > deadline) throw new Error(`${fact}: not so after ${milliseconds} ms`);
    await delay(25);
  }
}
