import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Passwords and keys of this installation, made once and kept readable by its owner only. */
export interface Secrets {
  roles: { kboss_api: string; kboss_worker: string; kboss_audit: string; kboss_backup: string };
  secretKeys: string;
}

export function readSecrets(state: string): Secrets {
  const file = join(state, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const password = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    roles: {
      kboss_api: password(),
      kboss_worker: password(),
      kboss_audit: password(),
      kboss_backup: password(),
    },
    secretKeys: `local:${randomBytes(32).toString('base64')}`,
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
