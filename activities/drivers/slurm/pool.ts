import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError } from '../driver.ts';

/** A name in Slurm, and of a group (32 letters at most): nothing that a shell, list or separated format could read. */
const externalName = /^kb-[a-z0-9][a-z0-9-]{0,27}$/;
const directory = z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/, 'an absolute path of plain letters');

const poolSchema = z
  .object({
    cluster: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,38}$/i),
    host: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/),
    port: z.int().min(1).max(65_535),
    hostKey: z.string().regex(/^[a-z0-9@.-]+ [A-Za-z0-9+/]+=*$/, 'type and base64 of one public key'),
    adminLogin: z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/),
    adminPrivateKey: z.string().includes('PRIVATE KEY'),
    partitions: z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,60}$/)).min(1),
    uidRange: z.object({ from: z.int().min(1000), to: z.int().max(2_147_483_647) }),
    homeRoot: directory,
    projectRoot: directory,
  })
  .refine((pool) => pool.uidRange.from <= pool.uidRange.to, { path: ['uidRange'] });

/** Settings as they came out of the database; an error names the first field at fault, never its value. */
export function readPool(settings: unknown): SlurmPool {
  const parsed = poolSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new DriverError('INVALID_POOL', 'never', `${path.join('.') || 'settings'}: ${message}`);
}

/** Our name of a resource: its account, its QOS and the group of its project directory. */
export function readExternalName(name: string): string {
  if (externalName.test(name)) return name;
  throw new DriverError('INVALID_NAME', 'never', `${JSON.stringify(name)} is no external name`);
}

/** `SHA256:…` of a pinned host key, as ssh shows it. */
export function fingerprintOf(hostKey: string): string {
  const digest = createHash('sha256').update(keyBytes(hostKey)).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

export function keyBytes(hostKey: string): Buffer {
  return Buffer.from(hostKey.split(' ')[1] ?? '', 'base64');
}
