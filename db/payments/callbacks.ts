import type { EntityManager } from '@mikro-orm/postgresql';

/** What a notification is checked against; the private key stays sealed. */
export interface CallbackBinding {
  id: string;
  organisationId: string;
  appId: string;
  sellerId: string;
  alipayPublicKey: string;
}

/** The binding that a callback address belongs to; api scope `callback`. */
export async function bindingOfCallback(em: EntityManager, code: string): Promise<CallbackBinding | null> {
  const [row] = await em.execute<CallbackBinding[]>(
    `select id, organisation_id as "organisationId", app_id as "appId", merchant_id as "sellerId",
       channel_public_key as "alipayPublicKey" from payment_binding where callback_code = ?`,
    [code],
  );
  return row ?? null;
}

/** The amount of a recharge of a binding; null when it has none of that number. */
export async function amountOfRecharge(
  em: EntityManager,
  bindingId: string,
  rechargeNumber: string,
): Promise<bigint | null> {
  const [row] = await em.execute<{ amount: string }[]>(
    'select amount::text from recharge where binding_id = ? and number = ?',
    [bindingId, rechargeNumber],
  );
  return row ? BigInt(row.amount) : null;
}

/** The pool that a supplier's callback address belongs to, its settings still sealed; api scope `callback`. */
export async function poolOfCallback(
  em: EntityManager,
  code: string,
): Promise<{ id: string; organisationId: string; settingsSealed: string | null } | null> {
  const [row] = await em.execute<{ id: string; organisationId: string; settingsSealed: string | null }[]>(
    `select id, organisation_id as "organisationId", settings_sealed as "settingsSealed" from pool where callback_code = ?`,
    [code],
  );
  return row ?? null;
}
