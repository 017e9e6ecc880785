import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canEnter, serverAccount } from '../servers/server-account.ts';

/** The clone. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * Where everything lies that outlives a start: KBOSS_STATE_DIRECTORY, else `.kboss/state` in the clone. As
 * root below a directory that the servers' account cannot enter (a home of mode 0700) that is a link to a
 * directory of this clone under the system's state directory.
 */
export function stateDirectory(): string {
  const named = process.env.KBOSS_STATE_DIRECTORY;
  if (named) {
    mkdirSync(named, { recursive: true });
    return realpathSync(named);
  }
  const state = join(root, '.kboss', 'state');
  mkdirSync(join(root, '.kboss'), { recursive: true });
  const account = serverAccount();
  if (account && !canEnter(account, join(root, '.kboss'))) {
    const outside = systemStateDirectory();
    if (!exists(state)) symlinkSync(outside, state);
  }
  if (!exists(state)) mkdirSync(state, { mode: 0o711 });
  return realpathSync(state);
}

/** A directory of this clone that the servers' account can enter, all the way down. */
function systemStateDirectory(): string {
  const name = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12);
  const directory = join('/var/lib/kboss', name);
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  return directory;
}

/** Forgets everything, the demo clusters' directory included. Only call it when nothing runs. */
export function removeState(state: string): void {
  const clusters = join(state, 'slurm');
  if (exists(clusters)) rmSync(realpathSync(clusters), { recursive: true, force: true });
  rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true, mode: 0o711 });
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
