import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { slurmPackages } from './servers/slurm/packages.ts';

/** Debian and Ubuntu packages beside Node: what the demo shows, and what the tests need on top of it. */
export const systemPackages = {
  demo: [...slurmPackages],
  tests: [
    ...slurmPackages,
    ...['chromium', 'fonts-noto-cjk', 'docker-compose', 'default-jre-headless', 'maven', 'openssh-client'],
  ],
} as const;

/** The line that a person with root would type. */
export function installCommand(packages: readonly string[]): string {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Packages of the list that are not installed; none where there is no dpkg to ask. */
export function missingPackages(packages: readonly string[]): string[] {
  const outcome = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  if (outcome.error) return [];
  const installed = new Set(outcome.stdout.split('\n').filter((line) => line.endsWith(' installed')));
  return packages.filter((name) => !installed.has(`${name} installed`) && !isThereOtherwise(name));
}

/** Any Java and any Maven will do, wherever they come from. */
function isThereOtherwise(name: string): boolean {
  const program = { 'default-jre-headless': 'java', maven: 'mvn' }[name];
  return program !== undefined && spawnSync(program, ['--version']).status === 0;
}

/**
 * Installs what is missing, as root on Debian or Ubuntu, without letting the packages start their services:
 * we start our own. Elsewhere says the exact command. The output of apt goes to `logFile`.
 *
 * @returns what is still missing
 */
export async function ensurePackages(
  packages: readonly string[],
  logFile: string,
  say: (sentence: string) => void,
): Promise<string[]> {
  const missing = missingPackages(packages);
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    say(`not installed: ${missing.join(', ')}. As root: ${installCommand(missing)}`);
    return missing;
  }
  say(`installing ${missing.length} packages by apt (a minute or two): ${missing.join(' ')}`);
  const began = performance.now();
  const elapsed = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
  const progress = setInterval(() => say(`still installing packages (${elapsed()})`), 15_000);
  const release = denyServices();
  mkdirSync(dirname(logFile), { recursive: true });
  try {
    const install = ['install', '-y', '-q', '--no-install-recommends'];
    if (!(await apt([...install, ...missing], logFile))) {
      await apt(['update', '-q'], logFile);
      await apt([...install, ...missing], logFile);
    }
  } finally {
    clearInterval(progress);
    release();
  }
  const left = missingPackages(missing);
  if (left.length === 0) say(`packages installed (${elapsed()})`);
  else say(`apt could not install ${left.join(' ')}; the end of ${logFile}:\n${endOf(logFile)}`);
  return left;
}

function apt(args: string[], logFile: string): Promise<boolean> {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn('apt-get', args, {
    cwd: '/',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', log, log],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Debian's own switch against services that start by being installed. */
function denyServices(): () => void {
  const policy = '/usr/sbin/policy-rc.d';
  if (existsSync(policy)) return () => {};
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(policy, { force: true });
}

function endOf(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-6).join('\n');
}
