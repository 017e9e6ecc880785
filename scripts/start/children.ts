import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnServer } from '../servers/process-table.ts';
import { say } from './report.ts';
import { root } from './state-directory.ts';

export interface Child {
  name: string;
  /** TypeScript file below the clone, and what follows it. */
  arguments: string[];
  env: Record<string, string>;
  stopOrder: number;
  /** True once it serves; asked again and again until then. Without one, its message `ready` tells. */
  isReady?: () => Promise<boolean>;
}

const restartsPerMinute = 5;
const startLimit = 60_000;

/** Starts our own processes and keeps them running: one that ends unasked is started again. */
export class Children {
  readonly #state: string;
  readonly #giveUp: (reason: string) => void;
  #stopping = false;

  constructor(state: string, giveUp: (reason: string) => void) {
    this.#state = state;
    this.#giveUp = giveUp;
  }

  /** From now on a child that ends is not missed. */
  stopping(): void {
    this.#stopping = true;
  }

  /** Resolves when the child serves; rejects with the end of its log when it ends before. */
  async start(child: Child): Promise<void> {
    const restarts: number[] = [];
    const launch = (): { ready: Promise<void> } => {
      const { ready, ended } = this.#launch(child);
      void ended.then(async (how) => {
        if (this.#stopping) return;
        const now = performance.now();
        restarts.push(now);
        if (restarts.filter((time) => now - time < 60_000).length > restartsPerMinute) {
          return this.#giveUp(`${child.name} ended ${restarts.length} times; see ${this.#logFile(child)}`);
        }
        say(`${child.name} ended (${how}) and is started again; its log is ${this.#logFile(child)}`);
        await delay(1_000);
        if (!this.#stopping) launch().ready.catch(() => {});
      });
      return { ready };
    };
    await launch().ready;
  }

  #launch(child: Child): { ready: Promise<void>; ended: Promise<string> } {
    const logFile = this.#logFile(child);
    if (existsSync(logFile) && statSync(logFile).size > 20_000_000) renameSync(logFile, `${logFile}.old`);
    const { child: process_ } = spawnServer({
      name: child.name,
      command: process.execPath,
      arguments: ['--disable-warning=ExperimentalWarning', ...child.arguments],
      cwd: root,
      env: { ...process.env, ...child.env },
      logFile,
      runDirectory: join(this.#state, 'run'),
      stopOrder: child.stopOrder,
      channel: true,
    });
    let how: string | undefined;
    const ended = new Promise<string>((resolve) => {
      process_.once('error', (error) => resolve((how = error.message)));
      process_.once('exit', (code, signal) => resolve((how = signal ?? `exit code ${code}`)));
    });
    let isReady = false;
    process_.on('message', (message) => (isReady ||= message === 'ready'));
    const ready = (async () => {
      const deadline = performance.now() + startLimit;
      while (how === undefined && performance.now() < deadline) {
        if (child.isReady ? await child.isReady() : isReady) return;
        await delay(30);
      }
      throw new Error(
        `${child.name} did not start (${how ?? 'too slow'}); the end of ${logFile}:\n${endOf(logFile)}`,
      );
    })();
    return { ready, ended };
  }

  #logFile(child: Child): string {
    return join(this.#state, 'log', `${child.name}.log`);
  }
}

/** Whether an address answers with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function endOf(path: string): string {
  return existsSync(path)
    ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
    : '(no log)';
}
