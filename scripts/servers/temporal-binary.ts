import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import { downloadTemporal } from './temporal-download.ts';

/** The newest version which `go install` can build as it is (later ones hold a `replace` directive). */
export const temporalVersion = '1.5.1';

const cached = (): string => join(cacheDirectory(), `temporal-cli-${temporalVersion}`, 'bin', 'temporal');

/** The Temporal command line program that is there already: on PATH, else in our cache. */
export function findTemporal(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((directory) => directory !== '' && !directory.includes('node_modules'))
    .map((directory) => join(directory, 'temporal'));
  return [...onPath, cached()].find((path) => existsSync(path));
}

/**
 * The Temporal program; when none is there it is fetched, else built from Go modules (once, about three minutes).
 *
 * @param say receives a sentence a few seconds apart while that lasts
 */
export async function ensureTemporal(say: (sentence: string) => void): Promise<string> {
  const found = findTemporal();
  if (found) return found;
  const target = cached();
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), 'build-'));
  const began = performance.now();
  const elapsed = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  const progress = setInterval(() => say(`Temporal is still on its way (${elapsed()})`), 15_000);
  try {
    say(`no Temporal server here: fetching version ${temporalVersion}, once`);
    if (await downloadTemporal(temporalVersion, target, work)) {
      say(`Temporal ${temporalVersion} fetched (${elapsed()}), kept in ${target}`);
      return target;
    }
    if (spawnSync('go', ['version']).status !== 0) throw new Error(howToHaveTemporal);
    say(`not to be fetched: building Temporal ${temporalVersion} from Go modules, about three minutes`);
    await goInstall(`github.com/temporalio/cli/cmd/temporal@v${temporalVersion}`, work);
    renameSync(join(work, 'temporal'), target);
    chmodSync(target, 0o755);
  } finally {
    clearInterval(progress);
    rmSync(work, { recursive: true, force: true });
  }
  say(`Temporal ${temporalVersion} built (${elapsed()}), kept in ${target}`);
  return target;
}

const howToHaveTemporal =
  'no Temporal server was found, none could be fetched, and there is no Go to build one. Install the Temporal ' +
  'CLI (https://docs.temporal.io/cli, put `temporal` on PATH) or Go 1.25 or newer, or set TEMPORAL_ADDRESS.';

function goInstall(module: string, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', ['install', '-ldflags=-s -w', module], {
      cwd: target,
      env: { ...process.env, CGO_ENABLED: '0', GOBIN: target, GOTOOLCHAIN: 'auto' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`go install ${module} failed:\n${errors.trim()}`)),
    );
  });
}
