import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: the least that OWASP asks for, about 20 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of nothing that anybody knows: comparing with it costs what a real one costs. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

/** Whether a password fits a hash; without a hash the same work is done and the answer is no. */
export async function isPasswordRight(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hash(crypto.randomUUID(), cost);
  const known = passwordHash ?? (await nobody);
  const fits = await verify(known, password.normalize('NFC'));
  return fits && passwordHash !== null;
}
