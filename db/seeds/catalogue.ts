import type { EntityManager } from '@mikro-orm/postgresql';
import type { AttributeValues } from '../../domain/catalogue/attributes.ts';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import { insert } from './insert.ts';
import type { SeededTree } from './organisations.ts';

interface DemoPlan {
  code: string;
  name: readonly [zh: string, en: string];
  specification: AttributeValues;
  /** List price in 分 per unit (and month). */
  price: string;
  stock: number | null;
}

interface DemoProduct {
  code: string;
  pool: string;
  kind: ProductKind;
  name: readonly [zh: string, en: string];
  summary: readonly [zh: string, en: string];
  provider: readonly [zh: string, en: string];
  attributes: AttributeValues;
  billing: 'pack' | 'subscription';
  plans: readonly DemoPlan[];
}

const slurm = {
  scheduler: 'slurm',
  access: { zh: 'SSH 登录节点，srun / sbatch', en: 'SSH to the login node, srun and sbatch' },
  hasSharedStorage: true,
  architecture: 'x86',
  deliveryMinutes: 1,
} as const;

export const demoProducts: readonly DemoProduct[] = [
  {
    code: 'east-hpc',
    pool: 'east',
    kind: 'supercomputing',
    name: ['东部超算 通用计算', 'East HPC general computing'],
    summary: [
      '材料、气象、流体常用软件预装，百节点级并行，按核时购买，用多少算多少',
      'Materials, weather and CFD software installed; parallel jobs over a hundred nodes; bought by the core-hour',
    ],
    provider: ['东部超算中心', 'East Supercomputing Center'],
    attributes: {
      ...slurm,
      software: { zh: 'VASP、LAMMPS、WRF、OpenFOAM', en: 'VASP, LAMMPS, WRF, OpenFOAM' },
      cpuModel: 'Intel Xeon 8358',
      cpuFrequency: 2.6,
      coresPerNode: 64,
      memoryPerNode: 256,
      nodes: 480,
      peak: 5.3,
      interconnect: 'InfiniBand HDR',
      interconnectSpeed: 200,
      region: 'wuxi',
      dataCentre: '无锡滨湖',
      availability: 99.9,
    },
    billing: 'pack',
    plans: [
      {
        code: 'east-hpc-standard',
        name: ['标准核时', 'Standard core-hours'],
        specification: { partition: 'cpu', longestJob: 24, largestJob: 2048 },
        price: '8',
        stock: 2_000_000,
      },
      {
        code: 'east-hpc-gpu',
        name: ['GPU 分区核时', 'GPU partition core-hours'],
        specification: { partition: 'gpu', longestJob: 24, largestJob: 256 },
        price: '26',
        stock: 400_000,
      },
    ],
  },
  {
    code: 'west-hpc',
    pool: 'west',
    kind: 'supercomputing',
    name: ['西部算力 高性价比', 'West HPC economy'],
    summary: [
      '绿电直供，核时单价更低，适合可排队的大批量任务',
      'Run on green power at a lower price per core-hour, for large batches that may queue',
    ],
    provider: ['西部算力中心', 'West Computing Center'],
    attributes: {
      ...slurm,
      software: { zh: 'GROMACS、Quantum ESPRESSO、CP2K', en: 'GROMACS, Quantum ESPRESSO, CP2K' },
      cpuModel: 'AMD EPYC 7763',
      cpuFrequency: 2.45,
      coresPerNode: 128,
      memoryPerNode: 512,
      nodes: 320,
      peak: 5.0,
      interconnect: 'InfiniBand HDR',
      interconnectSpeed: 100,
      region: 'zhongwei',
      dataCentre: '中卫云基地',
      availability: 99.5,
    },
    billing: 'pack',
    plans: [
      {
        code: 'west-hpc-standard',
        name: ['标准核时', 'Standard core-hours'],
        specification: { partition: 'cpu', longestJob: 24, largestJob: 4096 },
        price: '6',
        stock: 5_000_000,
      },
    ],
  },
  {
    code: 'yunfan-host',
    pool: 'yunfan',
    kind: 'cloud-host',
    name: ['云帆云主机', 'Yunfan cloud host'],
    summary: ['分钟级开通，快照与公网 IP 随开随用', 'Ready in a minute, with snapshots and a public address'],
    provider: ['云帆云计算', 'Yunfan Cloud'],
    attributes: {
      virtualization: 'KVM',
      hasSnapshots: true,
      hasPublicAddress: true,
      architecture: 'x86',
      cpuModel: 'Intel Xeon 8369B',
      region: 'shanghai',
      dataCentre: '上海临港',
      deliveryMinutes: 1,
      availability: 99.95,
    },
    billing: 'subscription',
    plans: [
      {
        code: 'yunfan-host-2c4g',
        name: ['2 核 4 GB', '2 vCPU, 4 GB'],
        specification: { cores: 2, memory: 4, systemDisk: 40, bandwidth: 3 },
        price: '6800',
        stock: 500,
      },
      {
        code: 'yunfan-host-4c8g',
        name: ['4 核 8 GB', '4 vCPU, 8 GB'],
        specification: { cores: 4, memory: 8, systemDisk: 60, bandwidth: 5 },
        price: '13800',
        stock: 300,
      },
      {
        code: 'yunfan-host-8c16g',
        name: ['8 核 16 GB', '8 vCPU, 16 GB'],
        specification: { cores: 8, memory: 16, systemDisk: 100, bandwidth: 8 },
        price: '28800',
        stock: 120,
      },
    ],
  },
  {
    code: 'nanhu-host',
    pool: 'nanhu',
    kind: 'cloud-host',
    name: ['南湖专属云主机', 'Nanhu dedicated host'],
    summary: [
      '专属物理机上的云主机，由运维人员开通并交付',
      'Hosts on dedicated machines, opened and handed over by our engineers',
    ],
    provider: ['南湖数据中心', 'Nanhu Data Center'],
    attributes: {
      virtualization: 'KVM',
      hasSnapshots: false,
      hasPublicAddress: true,
      architecture: 'arm',
      cpuModel: 'Kunpeng 920',
      region: 'hefei',
      dataCentre: '合肥南湖',
      deliveryMinutes: 240,
      availability: 99.9,
    },
    billing: 'subscription',
    plans: [
      {
        code: 'nanhu-host-8c32g',
        name: ['8 核 32 GB', '8 vCPU, 32 GB'],
        specification: { cores: 8, memory: 32, systemDisk: 200, bandwidth: 10 },
        price: '45000',
        stock: 40,
      },
    ],
  },
  {
    code: 'nanhu-metal',
    pool: 'nanhu',
    kind: 'bare-metal',
    name: ['南湖裸金属服务器', 'Nanhu bare metal'],
    summary: [
      '整机独享，带外管理，按月租用',
      'A whole machine of your own with remote console, by the month',
    ],
    provider: ['南湖数据中心', 'Nanhu Data Center'],
    attributes: {
      architecture: 'x86',
      hasRemoteConsole: true,
      region: 'hefei',
      dataCentre: '合肥南湖',
      deliveryMinutes: 480,
      availability: 99.9,
    },
    billing: 'subscription',
    plans: [
      {
        code: 'nanhu-metal-64c',
        name: ['64 核 512 GB', '64 cores, 512 GB'],
        specification: { cpuModel: 'Intel Xeon 6338 ×2', cores: 64, memory: 512, localDisk: 7.68 },
        price: '380000',
        stock: 12,
      },
    ],
  },
];

/** Makes products with plans, components, list prices and stock, all on the shelf. */
export async function seedCatalogue(
  em: EntityManager,
  tree: SeededTree,
  pools: ReadonlyMap<string, { id: string; supplierId: string }>,
  at: Date,
): Promise<void> {
  const platform = tree.organisations.get('kaiyuan')!;
  for (const product of demoProducts) {
    const pool = pools.get(product.pool)!;
    const id = await insert(em, 'product', {
      organisation_id: platform,
      code: product.code,
      kind: product.kind,
      name_zh: product.name[0],
      name_en: product.name[1],
      summary_zh: product.summary[0],
      summary_en: product.summary[1],
      provider_zh: product.provider[0],
      provider_en: product.provider[1],
      attributes: product.attributes,
      state: 'on-shelf',
      created_at: at,
      updated_at: at,
    });
    await insert(em, 'product_supply', {
      product_id: id,
      organisation_id: platform,
      supplier_id: pool.supplierId,
      pool_id: pool.id,
    });
    for (const [position, plan] of product.plans.entries()) {
      await seedPlan(em, platform, id, product, plan, position);
    }
  }
}

async function seedPlan(
  em: EntityManager,
  platform: string,
  productId: string,
  product: DemoProduct,
  plan: DemoPlan,
  position: number,
): Promise<void> {
  const pack = product.billing === 'pack';
  const owner = { product_id: productId, organisation_id: platform };
  const planId = await insert(em, 'plan', {
    ...owner,
    code: plan.code,
    name_zh: plan.name[0],
    name_en: plan.name[1],
    billing: product.billing,
    specification: plan.specification,
    months: pack ? [] : [1, 3, 6, 12],
    quantity_unit: pack ? 'core-hour' : 'piece',
    quantity_min: pack ? 10 : 1,
    quantity_max: pack ? 1_000_000 : 1,
    quantity_step: pack ? 10 : 1,
    max_pieces: pack ? 1 : 20,
    position,
  });
  const componentId = await insert(em, 'component', {
    ...owner,
    plan_id: planId,
    code: pack ? 'core-hours' : 'host',
    name_zh: pack ? '核时' : '整机',
    name_en: pack ? 'Core-hours' : 'Machine',
    unit: pack ? 'core-hour' : 'piece-month',
  });
  await insert(em, 'list_price', {
    ...owner,
    component_id: componentId,
    unit_price: plan.price,
    valid_from: new Date(0),
  });
  await insert(em, 'stock', { plan_id: planId, organisation_id: platform, available: plan.stock });
}
