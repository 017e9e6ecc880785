import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { mariadbSocket, mungeSocket, slurmdbdConf } from './configuration.ts';
import { ask, must, startDaemon, startListening, type Inside } from './daemons.ts';
import { programPath } from './packages.ts';
import { waitUntil } from './wait.ts';

/** munge, MariaDB (unix socket only) and slurmdbd: what all clusters of one layout share. */
export async function startAccounting(inside: Inside, port: number): Promise<void> {
  await Promise.all([startMunge(inside), startMariadb(inside)]);
  const { root, shortHostName } = inside.layout;
  const directory = join(root, 'db');
  const configuration = join(directory, 'slurmdbd.conf');
  writeFileSync(configuration, slurmdbdConf(inside.layout, port, password(inside)), { mode: 0o600 });
  for (const place of ['log', 'run']) mkdirSync(join(directory, place), { recursive: true });
  must('chown', 'slurm:slurm', configuration, join(directory, 'log'), join(directory, 'run'));
  const daemon = {
    name: 'slurm-slurmdbd',
    program: 'slurmdbd',
    arguments: ['-D'],
    env: { MYSQL_UNIX_PORT: mariadbSocket(inside.layout), HOSTNAME: shortHostName },
    stopOrder: 43,
  };
  await startListening(inside, daemon, port, join(directory, 'log', 'slurmdbd.log'));
}

async function startMunge(inside: Inside): Promise<void> {
  const directory = join(inside.layout.root, 'munge');
  mkdirSync(directory, { recursive: true, mode: 0o755 });
  const key = join(directory, 'munge.key');
  if (!existsSync(key)) writeFileSync(key, randomBytes(1024), { mode: 0o400 });
  must('chown', '-R', 'munge:munge', directory);
  const socket = mungeSocket(inside.layout);
  rmSync(socket, { force: true });
  const file = (end: string) => join(directory, `munged.${end}`);
  const { hasEnded } = startDaemon(inside, {
    name: 'slurm-munged',
    program: 'munged',
    arguments: [
      '--foreground',
      '--force',
      `--key-file=${key}`,
      `--socket=${socket}`,
      `--pid-file=${file('pid')}`,
    ].concat(`--log-file=${file('log')}`, `--seed-file=${file('seed')}`, '--num-threads=10'),
    user: 'munge',
    stopOrder: 45,
  });
  await waitUntil('munge', async () => hasEnded() || (await answers(socket)), { log: file('log') });
  if (hasEnded()) throw new Error(`munged ended at once, see ${file('log')}`);
}

async function startMariadb(inside: Inside): Promise<void> {
  const { layout } = inside;
  const data = join(layout.root, 'db', 'mysql');
  const socketDirectory = join(layout.root, 'db', 'socket');
  const isNew = !existsSync(join(data, 'mysql'));
  mkdirSync(join(layout.root, 'db'), { recursive: true, mode: 0o755 });
  mkdirSync(data, { recursive: true, mode: 0o700 });
  mkdirSync(socketDirectory, { recursive: true });
  must('chmod', '750', socketDirectory);
  must('chown', 'mysql:slurm', socketDirectory);
  must('chown', 'mysql:mysql', data);
  if (isNew) {
    await ask(
      inside,
      [programPath('mariadb-install-db') ?? '', '--no-defaults', '--user=mysql', `--datadir=${data}`].concat(
        '--auth-root-authentication-method=socket',
        '--skip-test-db',
        '--skip-name-resolve',
      ),
    );
  }
  const socket = mariadbSocket(layout);
  rmSync(socket, { force: true });
  const log = join(layout.logDirectory, 'slurm-mariadb.log');
  const { hasEnded } = startDaemon(inside, {
    name: 'slurm-mariadb',
    program: 'mariadbd',
    arguments: [
      '--no-defaults',
      '--user=mysql',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
    ]
      .concat(
        `--pid-file=${data}/mariadb.pid`,
        '--innodb-buffer-pool-size=128M',
        '--innodb-log-file-size=64M',
      )
      .concat('--innodb-lock-wait-timeout=900', '--innodb-flush-log-at-trx-commit=2', '--skip-log-bin')
      .concat('--loose-innodb-snapshot-isolation=OFF'),
    stopOrder: 44,
  });
  await waitUntil('MariaDB', async () => hasEnded() || (await answers(socket)), {
    milliseconds: 60_000,
    log,
  });
  if (hasEnded()) throw new Error(`mariadbd ended at once, see ${log}`);
  if (!isNew) return;
  await ask(inside, [programPath('mariadb') ?? '', '--no-defaults', '-S', socket], {
    input: `create database slurm_acct; create user slurm@localhost identified by '${password(inside)}';
grant all on slurm_acct.* to slurm@localhost;`,
  });
}

/** Of Slurm at its database; generated once, in hexadecimal, so that it needs no quoting anywhere. */
function password({ layout }: Inside): string {
  const file = join(layout.root, 'db', 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => resolve(connection.destroy() !== undefined));
    connection.once('error', () => resolve(false));
  });
}
