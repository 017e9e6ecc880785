/**
 * Ends the servers of somebody who was killed. Started by that process with a pipe as standard input: when the
 * pipe closes, its owner is gone, and whatever is still noted in the run directory is stopped in order.
 *
 *     node scripts/servers/watcher.ts RUN_DIRECTORY [DIRECTORY_TO_REMOVE]
 */
import { rmSync } from 'node:fs';
import { stopAll } from './stop.ts';

const [runDirectory, toRemove] = process.argv.slice(2);
if (!runDirectory) throw new Error('the run directory is missing');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('close', resolve));
await stopAll(runDirectory, { milliseconds: 5_000 });
if (toRemove) rmSync(toRemove, { recursive: true, force: true });
