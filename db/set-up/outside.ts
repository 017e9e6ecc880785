import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../secrets.ts';
import { SetUpError, type DeployedPayment, type DeployedPool, type DeployedSms } from './deployment.ts';
import type { SetUp } from './organisations.ts';

const newCallbackCode = (): string => randomBytes(12).toString('hex');

/** A set-up with the key that seals, and where suppliers reach us. */
export interface SealingSetUp extends SetUp {
  secrets: SecretBox;
  publicUrl: string;
}

/** Makes a pool or brings its name and settings up to date, and manages it; its code names it. */
export async function setUpPool(
  setUp: SealingSetUp,
  field: string,
  pool: DeployedPool,
  owner: { platformId: string; supplierId: string },
): Promise<void> {
  const { em, now, changed, secrets } = setUp;
  interface Row {
    id: string;
    supplier: string;
    driver: string;
    callback: string;
    sealed: string | null;
  }
  const [found] = await em.execute<Row[]>(
    `select id, supplier_id as supplier, driver, callback_code as callback, settings_sealed as sealed
     from pool where code = ?`,
    [pool.code],
  );
  if (found && found.driver !== pool.driver) {
    throw new SetUpError(`${field}.driver`, `cannot change: pool ${pool.code} has driver ${found.driver}.`);
  }
  if (found && found.supplier !== owner.supplierId) {
    throw new SetUpError(
      `${field}.supplier`,
      `cannot change: pool ${pool.code} belongs to another supplier.`,
    );
  }
  const id = found?.id ?? (await newId(setUp));
  const callback = found?.callback ?? newCallbackCode();
  const settings = JSON.stringify(settingsOf(pool, `${setUp.publicUrl}/callback/open-computing/${callback}`));
  const place = { table: 'pool', column: 'settings_sealed', id };
  const sealed = sealedAgain(secrets, settings, place, found?.sealed ?? null);
  const rows = await em.execute<unknown[]>(
    `insert into pool as p (id, organisation_id, supplier_id, code, name, driver, settings_sealed, callback_code,
       state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'managed', ?)
     on conflict (id) do update set name = excluded.name, settings_sealed = excluded.settings_sealed,
       state = 'managed', note = null
     where (p.name, p.settings_sealed, p.state) is distinct from
       (excluded.name, excluded.settings_sealed, excluded.state)
     returning id`,
    [id, owner.platformId, owner.supplierId, pool.code, pool.name, pool.driver, sealed, callback, now],
  );
  if (rows.length > 0) changed.push(`pool ${pool.code} (${pool.driver})`);
}

function settingsOf(pool: DeployedPool, callbackUrl: string): object {
  if (pool.driver === 'manual') return {};
  return pool.driver === 'slurm' ? pool.settings : { ...pool.settings, callbackUrl };
}

/** Binds a seller's Alipay account. Another app is another binding: the old one keeps the recharges made with it. */
export async function setUpPayment(
  setUp: SealingSetUp,
  organisationId: string,
  binding: DeployedPayment,
): Promise<void> {
  const { em, now, changed, secrets } = setUp;
  const { channel, appId, merchantId, gatewayUrl, alipayPublicKey } = binding;
  const [active] = await em.execute<{ id: string; app: string; sealed: string; callback: string }[]>(
    `select id, app_id as app, private_key_sealed as sealed, callback_code as callback from payment_binding
     where organisation_id = ? and channel = ? and state = 'active'`,
    [organisationId, channel],
  );
  const kept = active?.app === appId ? active : undefined;
  if (active && !kept) {
    await em.execute(`update payment_binding set state = 'suspended' where id = ?`, [active.id]);
  }
  const id = kept?.id ?? (await newId(setUp));
  const place = { table: 'payment_binding', column: 'private_key_sealed', id };
  const sealed = sealedAgain(secrets, binding.privateKey, place, kept?.sealed ?? null);
  const callback = kept?.callback ?? newCallbackCode();
  const rows = await em.execute<unknown[]>(
    `insert into payment_binding as b (id, organisation_id, channel, app_id, merchant_id, gateway_url,
       channel_public_key, private_key_sealed, callback_code, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set merchant_id = excluded.merchant_id, gateway_url = excluded.gateway_url,
       channel_public_key = excluded.channel_public_key, private_key_sealed = excluded.private_key_sealed
     where (b.merchant_id, b.gateway_url, b.channel_public_key, b.private_key_sealed) is distinct from
       (excluded.merchant_id, excluded.gateway_url, excluded.channel_public_key, excluded.private_key_sealed)
     returning id`,
    [id, organisationId, channel, appId, merchantId, gatewayUrl, alipayPublicKey, sealed, callback, now],
  );
  if (rows.length > 0) changed.push(`payment ${channel} app ${appId}`);
}

/** Binds a seller's Aliyun SMS account, or brings the binding up to date. */
export async function setUpSms(
  setUp: SealingSetUp,
  organisationId: string,
  binding: DeployedSms,
): Promise<void> {
  const { em, now, changed, secrets } = setUp;
  const { channel, endpoint, accessKeyId, signName, templates } = binding;
  const [active] = await em.execute<{ id: string; sealed: string }[]>(
    `select id, access_key_secret_sealed as sealed from sms_binding
     where organisation_id = ? and channel = ? and state = 'active'`,
    [organisationId, channel],
  );
  const id = active?.id ?? (await newId(setUp));
  const place = { table: 'sms_binding', column: 'access_key_secret_sealed', id };
  const sealed = sealedAgain(secrets, binding.accessKeySecret, place, active?.sealed ?? null);
  const rows = await em.execute<unknown[]>(
    `insert into sms_binding as b (id, organisation_id, channel, endpoint, access_key_id, access_key_secret_sealed,
       sign_name, templates, created_at) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
     on conflict (id) do update set endpoint = excluded.endpoint, access_key_id = excluded.access_key_id,
       access_key_secret_sealed = excluded.access_key_secret_sealed, sign_name = excluded.sign_name,
       templates = excluded.templates
     where (b.endpoint, b.access_key_id, b.access_key_secret_sealed, b.sign_name, b.templates) is distinct from
       (excluded.endpoint, excluded.access_key_id, excluded.access_key_secret_sealed, excluded.sign_name,
        excluded.templates)
     returning id`,
    [id, organisationId, channel, endpoint, accessKeyId, sealed, signName, JSON.stringify(templates), now],
  );
  if (rows.length > 0) changed.push(`sms ${channel} ${signName}`);
}

/** What is stored, where it says the same: each sealing differs, and a run that changes nothing must show none. */
function sealedAgain(
  secrets: SecretBox,
  plain: string,
  place: { table: string; column: string; id: string },
  stored: string | null,
): string {
  return stored && secrets.open(stored, place).reveal() === plain ? stored : secrets.seal(plain, place);
}

async function newId({ em }: SetUp): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>('select uuidv7() as id');
  return row!.id;
}
