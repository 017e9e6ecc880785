import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { SlurmPool } from '../../domain/resources/slurm.ts';
import type { SecretBox } from '../secrets.ts';
import { insert } from './insert.ts';
import type { SeededTree } from './organisations.ts';

/** What the outside world gave us: merchants, an SMS account, a product supplier, clusters. */
export interface DemoOutside {
  /** By organisation code. */
  merchants: Record<
    string,
    { gatewayUrl: string; appId: string; sellerId: string; appPrivateKey: string; alipayPublicKey: string }
  >;
  sms: { endpoint: string; accessKeyId: string; accessKeySecret: string; signName: string };
  smsTemplates: Record<string, string>;
  supplier: {
    baseUrl: string;
    keyId: string;
    privateKey: string;
    supplierKeyId: string;
    supplierPublicKey: string;
  };
  /** By pool code; empty where no cluster runs: the pool is then 未纳管. */
  slurm: Record<string, SlurmPool>;
  /** How the supplier reaches our callbacks. */
  publicUrl: string;
}

interface DemoPool {
  code: string;
  name: string;
  driver: 'slurm' | 'open-computing' | 'manual';
}

const demoPools: readonly DemoPool[] = [
  { code: 'east', name: '东部超算 Slurm 集群', driver: 'slurm' },
  { code: 'west', name: '西部算力 Slurm 集群', driver: 'slurm' },
  { code: 'yunfan', name: '云帆 open-computing 接口', driver: 'open-computing' },
  { code: 'nanhu', name: '南湖人工开通', driver: 'manual' },
];

const newCallbackCode = (): string => randomBytes(12).toString('hex');

/** Makes payment and SMS bindings, and the pools with their sealed settings. */
export async function seedOutside(
  em: EntityManager,
  secrets: SecretBox,
  tree: SeededTree,
  outside: DemoOutside,
  at: Date,
): Promise<Map<string, { id: string; supplierId: string }>> {
  for (const [code, merchant] of Object.entries(outside.merchants)) {
    const id = await newId(em);
    await insert(em, 'payment_binding', {
      id,
      organisation_id: tree.organisations.get(code)!,
      channel: 'alipay',
      app_id: merchant.appId,
      merchant_id: merchant.sellerId,
      gateway_url: merchant.gatewayUrl,
      channel_public_key: merchant.alipayPublicKey,
      private_key_sealed: secrets.seal(merchant.appPrivateKey, {
        table: 'payment_binding',
        column: 'private_key_sealed',
        id,
      }),
      callback_code: newCallbackCode(),
      created_at: at,
    });
  }
  const smsId = await newId(em);
  await insert(em, 'sms_binding', {
    id: smsId,
    organisation_id: tree.organisations.get('kaiyuan')!,
    channel: 'aliyun',
    endpoint: outside.sms.endpoint,
    access_key_id: outside.sms.accessKeyId,
    access_key_secret_sealed: secrets.seal(outside.sms.accessKeySecret, {
      table: 'sms_binding',
      column: 'access_key_secret_sealed',
      id: smsId,
    }),
    sign_name: outside.sms.signName,
    templates: outside.smsTemplates,
    created_at: at,
  });
  const pools = new Map<string, { id: string; supplierId: string }>();
  for (const pool of demoPools) {
    const supplierId = tree.organisations.get(pool.code)!;
    const id = await insert(em, 'pool', {
      organisation_id: tree.organisations.get('kaiyuan')!,
      supplier_id: supplierId,
      code: pool.code,
      name: pool.name,
      driver: pool.driver,
      callback_code: newCallbackCode(),
      state: 'unmanaged',
      created_at: at,
    });
    pools.set(pool.code, { id, supplierId });
  }
  await refreshOutside(em, secrets, outside);
  return pools;
}

/** Clusters, sandbox and site may listen elsewhere after a restart: their addresses are written anew, keys stay. */
export async function refreshOutside(
  em: EntityManager,
  secrets: SecretBox,
  outside: Pick<DemoOutside, 'slurm' | 'publicUrl'> & Partial<DemoOutside>,
): Promise<void> {
  const pools = await em.execute<{ id: string; code: string; driver: string; callback_code: string }[]>(
    'select id, code, driver, callback_code from pool',
  );
  for (const pool of pools) {
    const settings = settingsOf(pool, outside);
    if (settings === undefined) continue;
    const sealed =
      settings &&
      secrets.seal(JSON.stringify(settings), { table: 'pool', column: 'settings_sealed', id: pool.id });
    await em.execute('update pool set settings_sealed = ?, state = ?, note = ? where id = ?', [
      sealed,
      settings ? 'managed' : 'unmanaged',
      settings ? null : 'Slurm is not installed here; npm run doctor says what to do',
      pool.id,
    ]);
  }
}

/** Settings of a pool; null where there are none (not managed), undefined where what is stored stays. */
function settingsOf(
  pool: { code: string; driver: string; callback_code: string },
  outside: Pick<DemoOutside, 'slurm' | 'publicUrl'> & Partial<DemoOutside>,
): object | null | undefined {
  if (pool.driver === 'slurm') return outside.slurm[pool.code] ?? null;
  if (pool.driver === 'manual') return {};
  return (
    outside.supplier && {
      ...outside.supplier,
      callbackUrl: `${outside.publicUrl}/callback/open-computing/${pool.callback_code}`,
    }
  );
}

async function newId(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>('select uuidv7() as id');
  return row!.id;
}
