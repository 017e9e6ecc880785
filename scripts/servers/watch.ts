import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Has the servers of `stateDirectory` stopped when this process ends in whatever way, SIGKILL included.
 * @param remove whether the directory goes with them
 */
export function watchThisProcess(stateDirectory: string, remove: boolean): void {
  const watcher = fileURLToPath(new URL('watcher.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', watcher, stateDirectory, ...(remove ? ['remove'] : [])],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  );
  child.unref();
  // The pipe must not keep us alive, only our being alive must keep the pipe open.
  (child.stdin as unknown as { unref(): void }).unref();
}
