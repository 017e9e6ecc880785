import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from './wait.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the clone at `directory`, with the installed packages linked, or copied where they are named. */
export function copyOfClone(directory: string, copiedPackages: string[] = []): string {
  mkdirSync(directory, { recursive: true });
  for (const part of ['package.json', 'package-lock.json', 'scripts', 'db', 'domain', 'test/sandbox']) {
    cpSync(join(root, part), join(directory, part), { recursive: true });
  }
  const modules = join(root, 'node_modules');
  if (copiedPackages.length === 0) {
    symlinkSync(modules, join(directory, 'node_modules'));
    return directory;
  }
  mkdirSync(join(directory, 'node_modules'));
  for (const name of readdirSync(modules)) {
    const target = join(directory, 'node_modules', name);
    if (copiedPackages.includes(name))
      cpSync(join(modules, name), target, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(modules, name), target);
  }
  return directory;
}

export interface NpmStart {
  npm: ChildProcess;
  /** All that was printed so far. */
  output(): string;
  /** Waits for a text in the output; fails with the output when `npm start` ends without it. */
  printed(text: string, milliseconds?: number): Promise<void>;
  ended(milliseconds?: number): Promise<void>;
}

/** `npm start` in a clone, in a process group of its own as a terminal gives one. */
export function npmStart(
  clone: string,
  options: { arguments?: string[]; env?: NodeJS.ProcessEnv } = {},
): NpmStart {
  const npm = spawn('npm', ['start', '--', ...(options.arguments ?? [])], {
    cwd: clone,
    env: { ...process.env, TEMPORAL_ADDRESS: undefined, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const hasEnded = (): boolean => npm.exitCode !== null || npm.signalCode !== null;
  return {
    npm,
    output: () => text,
    printed: async (wanted, milliseconds = 30_000) => {
      await waitFor(`"${wanted}" in the output`, () => text.includes(wanted) || hasEnded(), milliseconds);
      if (!text.includes(wanted)) throw new Error(`npm start ended without "${wanted}":\n${text}`);
    },
    ended: (milliseconds = 20_000) => waitFor('the end of npm start', hasEnded, milliseconds),
  };
}

/** Living processes that name the directory in their command line or environment, as `pid command`. */
export function processesOf(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`), environment: read(`/proc/${pid}/environ`) }))
    .filter(({ command, environment }) => command !== '' && `${command}${environment}`.includes(directory))
    .map(({ pid, command }) => `${pid} ${command.replaceAll('\0', ' ')}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
