import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { searchAttributes } from '../../domain/search-attributes.ts';
import { freePort } from './ports.ts';
import { isAlive, readRecords, spawnServer, type ProcessRecord } from './process-table.ts';
import { stopProcess } from './stop.ts';
import { ensureTemporal } from './temporal-binary.ts';

export interface TemporalServer {
  address: string;
  uiUrl: string;
  namespace: string;
  adopted: boolean;
  stop(): Promise<void>;
}

const namespace = 'kboss';
const run = promisify(execFile);

/** Twice the rate of SQLite's defaults (32.8 against 15.7 workflows a second on two cores). */
const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'];
/** The queue of new work is looked at often enough: eight activities at rest take 107 ms instead of 851. */
const dynamicConfiguration = [
  'history.transferProcessorMaxPollRPS=200',
  'frontend.enableServerVersionCheck=false',
  'frontend.enableUpdateWorkflowExecution=true',
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted=true',
];

/**
 * A Temporal server with its state in `stateDirectory`, or the one that TEMPORAL_ADDRESS names. Its database
 * has a relative name because `#`, `?` and `%` in a path silently lead elsewhere.
 */
export async function startTemporal(options: {
  stateDirectory: string;
  port?: number;
  uiPort?: number;
  say?: (sentence: string) => void;
}): Promise<TemporalServer> {
  const named = process.env.TEMPORAL_ADDRESS;
  if (named) {
    const uiUrl = process.env.TEMPORAL_UI_URL ?? '';
    return {
      address: named,
      uiUrl,
      namespace: process.env.TEMPORAL_NAMESPACE ?? namespace,
      adopted: true,
      stop: async () => {},
    };
  }
  const program = await ensureTemporal(options.say ?? (() => {}));
  const home = join(options.stateDirectory, 'temporal');
  const runDirectory = join(options.stateDirectory, 'run');
  const portsFile = join(home, 'ports.json');
  mkdirSync(home, { recursive: true, mode: 0o700 });

  const running = readRecords(runDirectory).find((record) => record.name === 'temporal');
  if (running && isAlive(running) && existsSync(portsFile)) {
    const { port, uiPort } = JSON.parse(readFileSync(portsFile, 'utf8')) as { port: number; uiPort: number };
    if (await waitUntilServing(program, port, () => isAlive(running)))
      return server(running, port, uiPort, true);
    await stopProcess(running, { milliseconds: 5_000 });
  }

  const port = options.port ?? (await freePort());
  const uiPort = options.uiPort ?? (await freePort());
  rmSync(portsFile, { force: true });
  writeFileSync(portsFile, JSON.stringify({ port, uiPort }), { mode: 0o600 });
  const logFile = join(options.stateDirectory, 'log', 'temporal.log');
  const { child, record } = spawnServer({
    name: 'temporal',
    command: program,
    arguments: serverArguments(port, uiPort),
    cwd: home,
    env: { ...process.env, TEMPORAL_ADDRESS: undefined },
    logFile,
    runDirectory,
    stopOrder: 50,
  });
  child.unref();
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  if (await waitUntilServing(program, port, () => child.exitCode === null && !failure)) {
    return server(record, port, uiPort, false);
  }
  await stopProcess(record, { milliseconds: 2_000 });
  const end = existsSync(logFile)
    ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
    : '';
  throw new Error(`Temporal did not start (${failure?.message ?? `see ${logFile}`}):\n${end}`);
}

function server(record: ProcessRecord, port: number, uiPort: number, adopted: boolean): TemporalServer {
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    namespace,
    adopted,
    stop: () => stopProcess(record, { milliseconds: 10_000 }),
  };
}

function serverArguments(port: number, uiPort: number): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
    ...['--namespace', namespace, '--db-filename', 'temporal.sqlite', '--log-level', 'warn'],
    ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...dynamicConfiguration.flatMap((value) => ['--dynamic-config-value', value]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

/** Waits for the port, then sets the retention, which succeeds only when the server really serves. */
async function waitUntilServing(
  program: string,
  port: number,
  mayStillCome: () => boolean,
): Promise<boolean> {
  const deadline = performance.now() + 40_000;
  while (performance.now() < deadline && mayStillCome()) {
    if (!(await accepts(port))) {
      await delay(25);
      continue;
    }
    const update = ['operator', 'namespace', 'update', '--namespace', namespace, '--retention', '90d'];
    const outcome = await run(program, [...update, '--address', `127.0.0.1:${port}`], {
      timeout: 10_000,
    }).then(
      () => true,
      () => false,
    );
    if (outcome) return true;
    await delay(50);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
