/**
 * Ends the servers of somebody who was killed. Started by that process with a pipe as standard input: when the
 * pipe closes, its owner is gone, and whatever is still noted in its state directory is stopped in order.
 *
 *     node scripts/servers/watcher.ts STATE_DIRECTORY [remove]
 */
import { rmSync } from 'node:fs';
import { stopEverything } from '../start/stop-everything.ts';

const [stateDirectory, remove] = process.argv.slice(2);
if (!stateDirectory) throw new Error('the state directory is missing');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('close', resolve));
await stopEverything(stateDirectory, { milliseconds: 5_000 });
if (remove) rmSync(stateDirectory, { recursive: true, force: true });
