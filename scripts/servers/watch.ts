import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Has the servers of `runDirectory` stopped when this process ends in whatever way, SIGKILL included. */
export function watchThisProcess(runDirectory: string, directoryToRemove?: string): void {
  const watcher = fileURLToPath(new URL('watcher.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      watcher,
      runDirectory,
      ...(directoryToRemove ? [directoryToRemove] : []),
    ],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  );
  child.unref();
  // The pipe must not keep us alive, only our being alive must keep the pipe open.
  (child.stdin as unknown as { unref(): void }).unref();
}
