import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../scripts/servers/ports.ts';
import { spawnServer } from '../../scripts/servers/process-table.ts';
import { waitFor } from '../support/wait.ts';

/** The api as a process of its own, which can be killed and started again at the same address. */
export class ApiProcess {
  readonly url: string;
  readonly #stateDirectory: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;

  private constructor(port: number, stateDirectory: string, env: Record<string, string>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#stateDirectory = stateDirectory;
    this.#env = { ...env, KBOSS_PORT: String(port), KBOSS_PUBLIC_URL: this.url, KBOSS_LOG_LEVEL: 'warn' };
  }

  /** Starts it; it is noted in the run directory of `stateDirectory`, as servers are. */
  static async start(stateDirectory: string, env: Record<string, string>): Promise<ApiProcess> {
    const api = new ApiProcess(await freePort(), stateDirectory, env);
    await api.start();
    return api;
  }

  async start(): Promise<void> {
    const { child } = spawnServer({
      name: 'api',
      command: process.execPath,
      arguments: ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../../api/main.ts')],
      env: { PATH: process.env.PATH, ...this.#env },
      logFile: join(this.#stateDirectory, 'log', 'api.log'),
      runDirectory: join(this.#stateDirectory, 'run'),
      stopOrder: 10,
    });
    child.unref();
    this.#child = child;
    await waitFor('the api to be ready', () => this.#isReady(), 30_000);
  }

  /** Kills it as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child!;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }
}
