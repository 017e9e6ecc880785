import { spawnSync } from 'node:child_process';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' };
const architectures: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Fetches the Temporal program from where the Temporal SDK would fetch it. Where the network does not let us,
 * that shows within seconds.
 *
 * @param work directory for the archive, on the file system of `target`
 * @returns whether the program is at `target` now
 */
export async function downloadTemporal(
  version: string,
  target: string,
  work: string,
  options: { from?: string; milliseconds?: number } = {},
): Promise<boolean> {
  const platform = platforms[process.platform];
  const architecture = architectures[process.arch];
  if (!platform || !architecture) return false;
  const from = options.from ?? 'https://temporal.download';
  const url = `${from}/cli/archive/v${version}?platform=${platform}&arch=${architecture}`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(options.milliseconds ?? 60_000) });
    if (!response.ok) return false;
    writeFileSync(join(work, 'temporal.tar.gz'), Buffer.from(await response.arrayBuffer()));
  } catch {
    return false;
  }
  if (spawnSync('tar', ['-xzf', 'temporal.tar.gz', 'temporal'], { cwd: work }).status !== 0) return false;
  chmodSync(join(work, 'temporal'), 0o755);
  if (spawnSync(join(work, 'temporal'), ['--version']).status !== 0) return false;
  renameSync(join(work, 'temporal'), target);
  return true;
}
