import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Debian and Ubuntu packages of the demo clusters; `doctor` and the installation print the same line. */
export const slurmPackages = [
  'slurmctld',
  'slurmd',
  'slurmdbd',
  'slurm-client',
  'slurm-wlm-mysql-plugin',
  'munge',
  'mariadb-server',
  'openssh-server',
  'iproute2',
] as const;

export const slurmInstallCommand = `apt-get install -y --no-install-recommends ${slurmPackages.join(' ')}`;

const programs = [
  ...['munged', 'mariadbd', 'mariadb-install-db', 'mariadb', 'slurmdbd', 'slurmctld', 'slurmd'],
  ...['scontrol', 'sinfo', 'sacctmgr', 'sshd', 'ssh-keygen', 'useradd', 'setpriv'],
];

/** Where Debian puts servers, whatever PATH the person who starts us has. */
const directories = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Full path of a program; sshd insists on being started by one. */
export function programPath(name: string): string | undefined {
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

/** Why demo clusters cannot run on this machine, in a sentence; undefined when they can. */
export function whySlurmCannotRun(): string | undefined {
  if (process.platform !== 'linux') return `Slurm runs on Linux only, this is ${process.platform}`;
  const missing = programs.filter((name) => programPath(name) === undefined);
  if (missing.length > 0) return `these programs are not installed: ${missing.join(', ')}`;
  if (process.getuid?.() !== 0) return 'demo clusters start jobs as their users, which only root may do';
  return undefined;
}
