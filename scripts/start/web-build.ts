import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { spawnServer } from '../servers/process-table.ts';
import { root } from './state-directory.ts';

const built = join(root, 'web', 'build', 'handler.js');
const sources = [
  'web/src',
  'web/static',
  'web/messages',
  'web/project.inlang',
  'web/vite.config.ts',
  'web/package.json',
  'domain',
];

/** Whether the site must be built before it can be served: never built, or a source is newer. */
export function webIsOutdated(): boolean {
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > builtAt);
}

/** Builds the site; the tool's output goes to `log/web-build.log`, of which the end is shown when it fails. */
export async function buildWeb(state: string): Promise<void> {
  const logFile = join(state, 'log', 'web-build.log');
  const { child } = spawnServer({
    name: 'web-build',
    command: process.execPath,
    arguments: [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
    cwd: join(root, 'web'),
    env: { ...process.env, NODE_ENV: 'production' },
    logFile,
    runDirectory: join(state, 'run'),
    stopOrder: 5,
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`the site could not be built; see ${logFile}`);
}

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  // Written by the build itself.
  const entries = readdirSync(path).filter((name) => name !== 'paraglide');
  return Math.max(mtimeMs, ...entries.map((name) => newest(join(path, name))));
}
