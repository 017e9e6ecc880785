/**
 * Brings up the whole product on one machine and keeps it running until it is told to stop; `npm start` comes
 * here through launch.mjs.
 *
 *     npm start                    everything
 *     npm start -- --reset         forgets every order, wallet and process first
 *     npm start -- --servers       PostgreSQL and Temporal only, for parts that you run yourself
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApplication, type Addresses } from './start/application.ts';
import { Children } from './start/children.ts';
import { keepServers } from './start/keep-servers.ts';
import { leavePlace, takePlace } from './start/place.ts';
import { print, say } from './start/report.ts';
import { startServers } from './start/foundation.ts';
import { removeState, stateDirectory } from './start/state-directory.ts';
import { stopEverything } from './start/stop-everything.ts';
import { watchThisProcess } from './servers/watch.ts';

const known = ['--reset', '--servers'];
const unknown = process.argv.slice(2).filter((argument) => !known.includes(argument));
if (unknown.length > 0) {
  print(`unknown: ${unknown.join(' ')} (there are ${known.join(' and ')})`);
  process.exit(2);
}

const began = performance.now();
const state = stateDirectory();
mkdirSync(join(state, 'log'), { recursive: true });
const patience = { milliseconds: 10_000 };
let hasPlace = false;
let stopKeeping = (): void => {};
let stopping: Promise<never> | undefined;

const children = new Children(state, (reason) => void stop(reason, 1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked(signal));
process.on('disconnect', () => void stop('the program that started us is gone', 0));
const parent = process.ppid;
setInterval(
  () => process.ppid !== parent && void stop('the program that started us is gone', 0),
  250,
).unref();

function asked(signal: string): void {
  if (stopping) {
    say('not waiting any longer');
    patience.milliseconds = 200;
  }
  void stop(signal === 'SIGINT' ? 'stopping' : `stopping (${signal})`, 0);
}

/** Stops everything in order and ends; asked for again, it is the same stop. */
function stop(reason: string, code: number): Promise<never> {
  stopping ??= (async () => {
    print(reason);
    // Whatever runs here belongs to another start.
    if (!hasPlace) process.exit(code);
    stopKeeping();
    children.stopping();
    rmSync(join(state, 'addresses.json'), { force: true });
    await stopEverything(state, patience, say);
    leavePlace(state);
    print('everything is stopped');
    process.exit(code);
  })();
  return stopping;
}

try {
  await takePlace(state);
  hasPlace = true;
  if (process.argv.includes('--reset')) removeState(state);
  watchThisProcess(state, false);
  print(`KBOSS in ${state}`);
  const foundation = await startServers(state);
  stopKeeping = keepServers(state, foundation.kept, (reason) => void stop(reason, 1));
  const addresses: Addresses = process.argv.includes('--servers')
    ? { ...foundation.addresses }
    : await startApplication(state, foundation, children);
  if (!stopping) {
    writeFileSync(join(state, 'addresses.json'), JSON.stringify(addresses, null, 2), { mode: 0o600 });
    print(`ready after ${((performance.now() - began) / 1000).toFixed(1)} s; Ctrl-C stops everything`);
  }
} catch (error) {
  if (!stopping) await stop(`could not start: ${(error as Error).message}`, 1);
}
// The servers and children are other processes: only this keeps us here until we are told to stop.
setInterval(() => {}, 2 ** 30);
