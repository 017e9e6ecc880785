import { randomInt } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { smsCodeLimits, type SmsPurpose } from '../../domain/identity/sms-codes.ts';
import type { SecretBox } from '../secrets.ts';

/**
 * Makes a code for a phone number and answers the row's id, which the person sends back with the code. Only a keyed
 * hash is kept, and until it is sent a sealed copy. Without `deliver` (no such account) the row is made all the same
 * and nothing is ever sent. Runs in scope `identity`.
 */
export async function createSmsCode(
  em: EntityManager,
  secrets: SecretBox,
  request: { phone: string; purpose: SmsPurpose; sellerId: string; deliver: boolean; now: Date },
): Promise<string> {
  const [made] = await em.execute<{ id: string }[]>('select uuidv7() as id');
  const id = made!.id;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const seal = (column: string, value: string): string | null =>
    request.deliver ? secrets.seal(value, { table: 'sms_code', column, id }) : null;
  await em.execute(
    `insert into sms_code (id, phone_hash, phone_sealed, code_sealed, seller_id, purpose, code_hash, created_at, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      secrets.hash(request.phone),
      seal('phone_sealed', request.phone),
      seal('code_sealed', code),
      request.sellerId,
      request.purpose,
      hashOf(secrets, id, code),
      request.now,
      new Date(request.now.getTime() + smsCodeLimits.milliseconds),
    ],
  );
  return id;
}

/**
 * Uses a code up. Each try counts before it is compared, in a transaction of its own, so that parallel tries share the
 * five; a right one can be used once. Runs in scope `identity`.
 */
export async function useSmsCode(
  em: EntityManager,
  secrets: SecretBox,
  attempt: { id: string; code: string; phone: string; purpose: SmsPurpose; now: Date },
): Promise<boolean> {
  const rows = await em.execute<{ code_hash: string }[]>(
    `update sms_code set attempts = attempts + 1
      where id = ? and phone_hash = ? and purpose = ? and used_at is null and expires_at > ? and attempts < ?
      returning code_hash`,
    [attempt.id, secrets.hash(attempt.phone), attempt.purpose, attempt.now, smsCodeLimits.tries],
  );
  if (rows[0]?.code_hash !== hashOf(secrets, attempt.id, attempt.code)) return false;
  await em.execute('update sms_code set used_at = ? where id = ?', [attempt.now, attempt.id]);
  return true;
}

const hashOf = (secrets: SecretBox, id: string, code: string): string => secrets.hash(`sms ${id} ${code}`);
