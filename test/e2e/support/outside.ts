import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPhone } from '../../sandbox/control.ts';
import { waitFor } from '../../support/wait.ts';
import { sandbox } from './browser.ts';

const run = promisify(execFile);

/** The newest verification code that arrived on a telephone after `seen` texts. */
export async function codeFromPhone(phone: string, seen = 0): Promise<string> {
  const control = `${sandbox()}/control`;
  await waitFor(`a text for ${phone}`, async () => (await readPhone(control, phone)).length > seen, 20_000);
  const text = (await readPhone(control, phone)).at(-1)!;
  const code = /\d{6}/.exec(JSON.stringify(text.content ?? text))?.[0];
  if (!code) throw new Error(`no code in ${JSON.stringify(text)}`);
  return code;
}

export interface KeyPair {
  privateKeyFile: string;
  publicKey: string;
}

/** A fresh SSH key as a person makes one. */
export function aKeyPair(): KeyPair {
  const file = join(mkdtempSync(join(tmpdir(), 'kboss-key-')), 'id_ed25519');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'journey', '-f', file]);
  return { privateKeyFile: file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** Runs a command on a cluster as the `ssh` program of the person would; answers what it printed. */
export async function overSsh(
  login: { host: string; port: string; user: string; key: KeyPair },
  command: string,
): Promise<string> {
  const { stdout } = await run(
    'ssh',
    [
      ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR'],
      ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-i', login.key.privateKeyFile, '-p', login.port],
      `${login.user}@${login.host}`,
      command,
    ],
    { timeout: 60_000 },
  );
  return stdout;
}
