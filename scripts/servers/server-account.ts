import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Account {
  uid: number;
  gid: number;
}

/** The account under which servers run that refuse root; undefined when we are not root ourselves. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return { uid: 65534, gid: 65534 };
}

/** Whether that account can run the program, which fails below a home directory of mode 0700. */
export function canRun(account: Account | undefined, program: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', program], { cwd: '/', ...account }).status === 0;
}

/** Whether that account can reach what lies in the directory. */
export function canEnter(account: Account | undefined, directory: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { cwd: '/', ...account }).status === 0;
}
