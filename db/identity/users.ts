import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { maskPhone } from '../../domain/identity/phone.ts';
import { makeNumber } from '../../domain/numbers.ts';
import type { SecretBox } from '../secrets.ts';

export interface UserRow {
  id: string;
  name: string;
  state: 'active' | 'disabled';
  password_hash: string | null;
}

/** The user of a phone number, or null. Runs in scope `identity`. */
export async function findUserByPhone(
  em: EntityManager,
  secrets: SecretBox,
  phone: string,
): Promise<UserRow | null> {
  const rows = await em.execute<UserRow[]>(
    'select id, name, state, password_hash from user_account where phone_hash = ?',
    [secrets.hash(phone)],
  );
  return rows[0] ?? null;
}

/** Makes a user; the number is hashed for search, sealed for use and masked for the screen. */
export async function createUser(
  em: EntityManager,
  secrets: SecretBox,
  user: { phone: string; name: string; passwordHash: string | null; language: 'zh' | 'en'; now: Date },
): Promise<string | null> {
  const [made] = await em.execute<{ id: string }[]>('select uuidv7() as id');
  const id = made!.id;
  const rows = await em.execute<unknown[]>(
    `insert into user_account (id, number, phone_hash, phone_sealed, phone_masked, name, password_hash, language,
       password_changed_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (phone_hash) do nothing returning id`,
    [
      id,
      makeNumber('user', user.now, randomBytes(8)),
      secrets.hash(user.phone),
      secrets.seal(user.phone, { table: 'user_account', column: 'phone_sealed', id }),
      maskPhone(user.phone),
      user.name,
      user.passwordHash,
      user.language,
      user.passwordHash ? user.now : null,
      user.now,
    ],
  );
  return rows.length > 0 ? id : null;
}

/** Sets a new password; the caller ends the user's sessions in the same transaction. */
export async function setPassword(
  em: EntityManager,
  userId: string,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await em.execute('update user_account set password_hash = ?, password_changed_at = ? where id = ?', [
    passwordHash,
    now,
    userId,
  ]);
}
