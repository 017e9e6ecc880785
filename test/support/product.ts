import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from './wait.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningProduct {
  site: string;
  sandbox: string;
  temporal: string;
  stateDirectory: string;
  /** Ends it as Ctrl-C does and removes its state. */
  stop(): Promise<void>;
}

/** The whole product as `npm start` runs it, in a state directory of its own. */
export async function startProduct(): Promise<RunningProduct> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'kboss-product-'));
  chmodSync(stateDirectory, 0o711);
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: root,
    env: { ...process.env, KBOSS_STATE_DIRECTORY: stateDirectory, TEMPORAL_ADDRESS: undefined },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const file = join(stateDirectory, 'addresses.json');
  await waitFor('the product to be up', () => hasEnded(child) || existsSync(file), 180_000);
  if (hasEnded(child)) throw new Error(`the product did not start:\n${output}`);
  const addresses = JSON.parse(readFileSync(file, 'utf8')) as Pick<
    RunningProduct,
    'site' | 'sandbox' | 'temporal'
  >;
  return {
    ...addresses,
    stateDirectory,
    stop: async () => {
      child.kill('SIGTERM');
      await waitFor('the product to be down', () => hasEnded(child), 60_000);
      rmSync(stateDirectory, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
