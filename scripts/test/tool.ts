import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The clone. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export interface ToolOutcome {
  code: number;
  output: string;
  seconds: number;
}

const running = new Set<ChildProcess>();

/** Runs a Node program to its end. With `show`, its standard error is passed on as it comes. */
export function runTool(
  args: string[],
  options: { cwd?: string; show?: 'stderr'; env?: NodeJS.ProcessEnv } = {},
): Promise<ToolOutcome> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (options.show && stream === child.stderr) process.stdout.write(chunk);
    });
  }
  return new Promise((resolve) => {
    const finish = (code: number): void => {
      running.delete(child);
      resolve({ code, output, seconds: (performance.now() - began) / 1000 });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(1);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** Ends whatever runs, with all that it started. */
export function endTools(): void {
  for (const child of running) {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // Just ended by itself.
    }
  }
}
