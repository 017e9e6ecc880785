import { createDemoMerchant, createDemoSmsAccount, createDemoSupplier } from '../../test/sandbox/control.ts';
import { openDatabase } from '../../db/database.ts';
import { secretBox } from '../../db/secrets.ts';
import { demoProducts } from '../../db/seeds/catalogue.ts';
import { isSeeded, refreshDemo, seedDemo } from '../../db/seeds/demo.ts';
import type { SlurmCluster } from '../servers/slurm.ts';

export interface DemoWorldOptions {
  workerDatabaseUrl: string;
  secretKeys: string;
  /** Base of the sandbox's control API. */
  sandboxControlUrl: string;
  publicUrl: string;
  /** Clusters that run, empty where there are none. */
  clusters: readonly SlurmCluster[];
}

/** Templates of the sandbox's SMS account, by what the product calls them. */
const smsTemplates = {
  'verification-code': 'SMS_900001',
  'order-active': 'SMS_900002',
  'order-failed': 'SMS_900003',
  'recharge-succeeded': 'SMS_900004',
};

/** Makes the demo world at the first start and brings its addresses up to date at later ones. */
export async function demoWorld(options: DemoWorldOptions): Promise<'made' | 'kept'> {
  const database = await openDatabase(options.workerDatabaseUrl, 2);
  const secrets = secretBox(options.secretKeys);
  const { publicUrl, sandboxControlUrl } = options;
  const slurm = Object.fromEntries(
    options.clusters.map(({ name, ...cluster }) => [name, { cluster: name, ...cluster }]),
  );
  try {
    // The supplier gets new keys at each start and keeps its instances.
    const supplier = await createDemoSupplier(sandboxControlUrl, {
      id: 'yunfan',
      name: '云帆云计算',
      offers: yunfanOffers(),
    });
    if (await isSeeded(database)) {
      await refreshDemo(database, secrets, { slurm, publicUrl, supplier });
      return 'kept';
    }
    const merchants = Object.fromEntries(
      await Promise.all(
        ['kaiyuan', 'huadong', 'jiangnan', 'xinghai'].map(
          async (code) => [code, await createDemoMerchant(sandboxControlUrl, code)] as const,
        ),
      ),
    );
    const sms = await createDemoSmsAccount(sandboxControlUrl, '开元云');
    await seedDemo(
      database,
      secrets,
      { merchants, sms, smsTemplates, supplier, slurm, publicUrl },
      new Date(),
    );
    return 'made';
  } finally {
    await database.close();
  }
}

/** What the supplier offers, under the codes of our plans, at half of our list price. */
function yunfanOffers(): Parameters<typeof createDemoSupplier>[1]['offers'] {
  const product = demoProducts.find(({ code }) => code === 'yunfan-host')!;
  return product.plans.map((plan) => ({
    sku: plan.code,
    kind: product.kind,
    nameZh: plan.name[0],
    nameEn: plan.name[1],
    specification: plan.specification,
    price: { amount: String(Number(plan.price) / 2), unit: 'instance', period: 'month' },
    stock: plan.stock ?? 1000,
  }));
}
