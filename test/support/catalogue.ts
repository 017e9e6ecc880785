import { randomBytes } from 'node:crypto';
import type { Tree, World } from './world.ts';

/** What `aCatalogue` made: ids by the names that tests use. */
export interface Catalogue {
  /** 超算, bought by the core-hour at a list price of ¥0.08: plan `hpc-hours`. */
  hpc: { productId: string; planId: string; poolId: string };
  /** 云主机 at ¥100.00 a month: plans `host-small` (5 in stock) and `host-large` (¥200.00, unlimited). */
  host: { productId: string; smallId: string; largeId: string; poolId: string };
}

const beginning = new Date(0);

/**
 * Two products on the shelf, and agreements at the rates of the golden cases: supplier 0.50, platform → distributor
 * 0.70, distributor → subDistributor 0.80 (discount), customers of subDistributor 0.95; platform → stranger by rebate
 * of 20 %; the platform's own customers pay the list price.
 */
export async function aCatalogue(world: World, tree: Tree): Promise<Catalogue> {
  const hpc = await aProduct(world, tree, tree.resourceSupplier.id, {
    code: 'hpc',
    kind: 'supercomputing',
    driver: 'slurm',
    attributes: {
      scheduler: 'slurm',
      architecture: 'x86',
      cpuModel: 'EPYC 7763',
      coresPerNode: 128,
      memoryPerNode: 512,
      region: 'wuxi',
      deliveryMinutes: 1,
    },
  });
  const host = await aProduct(world, tree, tree.productSupplier.id, {
    code: 'host',
    kind: 'cloud-host',
    driver: 'open-computing',
    attributes: { architecture: 'x86', region: 'shanghai', deliveryMinutes: 5, hasSnapshots: true },
  });
  const hours = await aPlan(world, tree, hpc.productId, {
    code: 'hpc-hours',
    unitPrice: '8',
    stock: '1000000',
    billing: 'pack',
    months: '{}',
    unit: 'core-hour',
    min: '10',
    max: '100000',
    step: '10',
    specification: { partition: 'cpu', longestJob: 24 },
  });
  const small = await aPlan(world, tree, host.productId, {
    code: 'host-small',
    unitPrice: '10000',
    stock: '5',
    specification: { cores: 2, memory: 4, systemDisk: 40 },
    choices: { image: ['ubuntu-24.04', 'rocky-9'] },
  });
  const large = await aPlan(world, tree, host.productId, {
    code: 'host-large',
    unitPrice: '20000',
    stock: null,
    specification: { cores: 4, memory: 8, systemDisk: 80 },
    choices: { image: ['ubuntu-24.04'] },
  });
  for (const supplier of [tree.resourceSupplier, tree.productSupplier]) {
    await anEdge(world, supplier.id, tree.platform.id, 'supply', { mode: 'discount', rate: '0.50' });
  }
  await anEdge(world, tree.platform.id, tree.distributor.id, 'distribution', {
    mode: 'discount',
    rate: '0.70',
  });
  await anEdge(world, tree.distributor.id, tree.subDistributor.id, 'distribution', {
    mode: 'discount',
    rate: '0.80',
  });
  await anEdge(world, tree.platform.id, tree.stranger.id, 'distribution', {
    mode: 'rebate',
    commission: '0.20',
  });
  await world.sql(
    `insert into retail_price (organisation_id, rate, floor_rate, valid_from) values (?, 0.95, 0.85, ?)`,
    [tree.subDistributor.id, beginning],
  );
  return {
    hpc: { ...hpc, planId: hours },
    host: { ...host, smallId: small, largeId: large },
  };
}

async function aProduct(
  world: World,
  tree: Tree,
  supplierId: string,
  product: { code: string; kind: string; driver: string; attributes: Record<string, unknown> },
): Promise<{ productId: string; poolId: string }> {
  const [pool] = await world.sql<{ id: string }>(
    `insert into pool (organisation_id, supplier_id, code, name, driver, callback_code, state, created_at)
     values (?, ?, ?, ?, ?, ?, 'managed', ?) returning id`,
    [
      tree.platform.id,
      supplierId,
      `pool-${product.code}`,
      `Pool ${product.code}`,
      product.driver,
      randomBytes(8).toString('hex'),
      beginning,
    ],
  );
  const [row] = await world.sql<{ id: string }>(
    `insert into product (organisation_id, code, kind, name_zh, name_en, provider_zh, provider_en, attributes, state,
       created_at, updated_at) values (?, ?, ?, ?, ?, '某中心', 'Some Center', ?::jsonb, 'on-shelf', ?, ?) returning id`,
    [
      tree.platform.id,
      product.code,
      product.kind,
      `产品 ${product.code}`,
      `Product ${product.code}`,
      JSON.stringify(product.attributes),
      beginning,
      beginning,
    ],
  );
  await world.sql(
    'insert into product_supply (product_id, organisation_id, supplier_id, pool_id) values (?, ?, ?, ?)',
    [row!.id, tree.platform.id, supplierId, pool!.id],
  );
  return { productId: row!.id, poolId: pool!.id };
}

interface WantedPlan {
  code: string;
  unitPrice: string;
  stock: string | null;
  specification: Record<string, unknown>;
  choices?: Record<string, string[]>;
  billing?: string;
  months?: string;
  unit?: string;
  min?: string;
  max?: string;
  step?: string;
}

async function aPlan(world: World, tree: Tree, productId: string, plan: WantedPlan): Promise<string> {
  const [row] = await world.sql<{ id: string }>(
    `insert into plan (product_id, organisation_id, code, name_zh, name_en, billing, specification, choices, months,
       quantity_unit, quantity_min, quantity_max, quantity_step, max_pieces)
     values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::integer[], ?, ?, ?, ?, ?) returning id`,
    [
      productId,
      tree.platform.id,
      plan.code,
      `套餐 ${plan.code}`,
      `Plan ${plan.code}`,
      plan.billing ?? 'subscription',
      JSON.stringify(plan.specification),
      JSON.stringify(plan.choices ?? {}),
      plan.months ?? '{1,3,12}',
      plan.unit ?? 'piece',
      plan.min ?? '1',
      plan.max ?? '1',
      plan.step ?? '1',
      plan.billing === 'pack' ? 1 : 20,
    ],
  );
  const planId = row!.id;
  const [component] = await world.sql<{ id: string }>(
    `insert into component (plan_id, product_id, organisation_id, code, name_zh, name_en, unit)
     values (?, ?, ?, 'base', '基础', 'Base', ?) returning id`,
    [planId, productId, tree.platform.id, plan.unit ?? 'piece'],
  );
  await world.sql(
    `insert into list_price (component_id, product_id, organisation_id, unit_price, valid_from) values (?, ?, ?, ?, ?)`,
    [component!.id, productId, tree.platform.id, plan.unitPrice, beginning],
  );
  await world.sql('insert into stock (plan_id, organisation_id, available) values (?, ?, ?)', [
    planId,
    tree.platform.id,
    plan.stock,
  ]);
  return planId;
}

/** An agreement for all products, in force since ever. Answers the edge's id. */
export async function anEdge(
  world: World,
  sellerId: string,
  buyerId: string,
  kind: 'supply' | 'distribution',
  terms: { mode: 'discount'; rate: string } | { mode: 'rebate'; commission: string },
): Promise<string> {
  const [edge] = await world.sql<{ id: string }>(
    'insert into edge (seller_id, buyer_id, kind, valid_from) values (?, ?, ?, ?) returning id',
    [sellerId, buyerId, kind, beginning],
  );
  await world.sql(
    `insert into edge_term (edge_id, seller_id, buyer_id, mode, rate, commission_rate, valid_from)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [
      edge!.id,
      sellerId,
      buyerId,
      terms.mode,
      terms.mode === 'discount' ? terms.rate : null,
      terms.mode === 'rebate' ? terms.commission : '0',
      beginning,
    ],
  );
  return edge!.id;
}
