import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoProducts } from '../../db/seeds/catalogue.ts';
import type { DemoOutside } from '../../db/seeds/outside.ts';
import {
  createDemoMerchant,
  createDemoSmsAccount,
  createDemoSupplier,
  type DemoSupplierPool,
} from '../../test/sandbox/control.ts';
import type { DemoClusters } from './demo.ts';

/** Organisations with a merchant account of their own: a recharge goes to the seller of the customer. */
const sellers = { kaiyuan: '开元云', huadong: '华东智算', jiangnan: '江南科算', xinghai: '星海代理' };

/** What stays the same from start to start; the supplier's keys are known to the sandbox too. */
interface Kept {
  sandbox: string;
  supplier: DemoSupplierPool;
}

/** Opens accounts for the demo at every provider of the sandbox, as one would at their consoles. */
export async function openOutside(
  sandbox: string,
): Promise<Pick<DemoOutside, 'merchants' | 'sms' | 'smsTemplates' | 'supplier'>> {
  const control = `${sandbox}/control`;
  const merchants: DemoOutside['merchants'] = {};
  for (const [code, name] of Object.entries(sellers))
    merchants[code] = await createDemoMerchant(control, name);
  return {
    merchants,
    sms: await createDemoSmsAccount(control, '开元云'),
    smsTemplates: {
      verification: 'SMS_900001',
    },
    supplier: await createDemoSupplier(control, {
      id: 'yunfan',
      name: '云帆云计算有限公司',
      offers: yunfanOffers(),
    }),
  };
}

/** What the supplier offers: our plans under their codes, at half of the list price. */
function yunfanOffers(): Parameters<typeof createDemoSupplier>[1]['offers'] {
  const product = demoProducts.find(({ code }) => code === 'yunfan-host')!;
  return product.plans.map((plan) => ({
    sku: plan.code,
    kind: product.kind,
    nameZh: plan.name[0],
    nameEn: plan.name[1],
    specification: plan.specification,
    price: { amount: String(BigInt(plan.price) / 2n), unit: 'instance', period: 'month' },
    stock: plan.stock ?? 1000,
  }));
}

/** Clusters as settings of their pools; none where Slurm cannot run. */
export function slurmPools(clusters: DemoClusters): DemoOutside['slurm'] {
  if ('unavailable' in clusters) return {};
  return Object.fromEntries(clusters.clusters.map(({ name, ...rest }) => [name, { cluster: name, ...rest }]));
}

export function keepOutside(state: string, kept: Kept): void {
  writeFileSync(join(state, 'demo.json'), JSON.stringify(kept), { mode: 0o600 });
}

export function keptOutside(state: string): Kept | undefined {
  const file = join(state, 'demo.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;
}
