import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadSaleChains, chainInputOf } from '../../../db/pricing/sale-chain.ts';
import { readStorefrontPrices } from '../../../db/pricing/storefront-prices.ts';
import { priceChain } from '../../../domain/pricing/chain.ts';
import { margins } from '../../../domain/pricing/margins.ts';
import { aCatalogue, anEdge, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let catalogue: Catalogue;
const at = new Date('2026-11-25T02:00:00Z');

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  catalogue = await aCatalogue(world, tree);
});
afterAll(() => world.close());

const chainOf = (sellerId: string, planId = catalogue.host.smallId, instant = at) =>
  world.worker.asSystem('price-chain', async (em) =>
    (await loadSaleChains(em, sellerId, [planId], instant)).get(planId)!,
  );
const priceOf = async (sellerId: string, planId = catalogue.host.smallId, instant = at) =>
  (await world.api.inPublic((em) => readStorefrontPrices(em, sellerId, [planId], instant))).get(planId);

describe('the chain of a sale is read whole by the worker', () => {
  test('depth 2, all discount', async () => {
    const chain = await chainOf(tree.subDistributor.id);
    expect(chain.parties.map((party) => party.id)).toEqual([
      tree.productSupplier.id,
      tree.platform.id,
      tree.distributor.id,
      tree.subDistributor.id,
    ]);
    expect(chain.terms).toHaveLength(3);
    const priced = priceChain(
      chainInputOf(chain, { customerId: tree.customer.id, quantity: '1', months: 1 }),
    );
    expect(priced.principal).toBe(tree.subDistributor.id);
    expect(priced.legs.map((leg) => leg.net)).toEqual([5000n, 7000n, 8000n, 9500n]);
    expect(margins(priced.legs).map((entry) => entry.margin)).toEqual([2000n, 1000n, 1500n]);
  });

  test('depth 0, and a rebate edge whose principal is the platform', async () => {
    const own = priceChain(
      chainInputOf(await chainOf(tree.platform.id), {
        customerId: tree.directCustomer.id,
        quantity: '1',
        months: 3,
      }),
    );
    expect(own.legs.map((leg) => leg.net)).toEqual([15_000n, 30_000n]);
    const chain = await chainOf(tree.stranger.id);
    const agent = priceChain(
      chainInputOf(chain, { customerId: tree.strangersCustomer.id, quantity: '1', months: 1 }),
    );
    expect(agent.principal).toBe(tree.platform.id);
    expect(agent.legs.map((leg) => [leg.gross, leg.commission])).toEqual([
      [5000n, 0n],
      [10_000n, 2000n],
      [10_000n, 0n],
    ]);
  });

  test('a missing agreement names the gap to staff', async () => {
    const orphan = await world.anOrganisation({ kind: 'distributor', parent: tree.distributor });
    await expect(chainOf(orphan.id)).rejects.toMatchObject({
      code: 'OUT_OF_SCOPE',
      at: { seller: tree.distributor.id, buyer: orphan.id },
    });
    expect(await priceOf(orphan.id)).toBeUndefined();
  });

  test('a gap in the middle is found too, although all above and below have agreements', async () => {
    const middle = await world.anOrganisation({ kind: 'distributor', parent: tree.platform });
    const lowest = await world.anOrganisation({ kind: 'distributor', parent: middle });
    await anEdge(world, middle.id, lowest.id, 'distribution', { mode: 'discount', rate: '0.9' });
    await expect(chainOf(lowest.id)).rejects.toMatchObject({
      code: 'OUT_OF_SCOPE',
      at: { seller: tree.platform.id, buyer: middle.id },
    });
    expect(await priceOf(lowest.id)).toBeUndefined();
  });

  test('an agreement with somebody who is not the parent is no link of the chain', async () => {
    const child = await world.anOrganisation({ kind: 'distributor', parent: tree.distributor });
    await anEdge(world, tree.stranger.id, child.id, 'distribution', { mode: 'discount', rate: '0.1' });
    await expect(chainOf(child.id)).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' });
    expect(await priceOf(child.id)).toBeUndefined();
  });

  test('the narrowest term counts: plan before product before all', async () => {
    const child = await world.anOrganisation({ kind: 'distributor', parent: tree.platform });
    const edge = await anEdge(world, tree.platform.id, child.id, 'distribution', {
      mode: 'discount',
      rate: '0.9',
    });
    const costs = async () => {
      const of = async (planId: string) => (await chainOf(child.id, planId)).edges.at(-1)!.price;
      return [
        await of(catalogue.host.smallId),
        await of(catalogue.host.largeId),
        await of(catalogue.hpc.planId),
      ];
    };
    const aTerm = (planId: string | null, unitPrice: string) =>
      world.sql(
        `insert into edge_term (edge_id, seller_id, buyer_id, product_id, plan_id, mode, unit_price, valid_from)
         values (?, ?, ?, ?, ?, 'discount', ?, ?)`,
        [edge, tree.platform.id, child.id, catalogue.host.productId, planId, unitPrice, new Date(0)],
      );
    await aTerm(null, '9500');
    await aTerm(catalogue.host.smallId, '8500');
    expect(await costs()).toEqual([
      { kind: 'fixed', unitPrice: '8500.0000000000' },
      { kind: 'fixed', unitPrice: '9500.0000000000' },
      { kind: 'rate', rate: '0.9000000000' },
    ]);
  });

  test('the api may not read it', async () => {
    await expect(
      world.api.inPublic((em) =>
        em.execute('select * from sale_edges(?::uuid, ?::uuid[], ?)', [tree.platform.id, `{}`, at]),
      ),
    ).rejects.toThrow('permission denied');
  });
});

describe('the storefront knows the customer price only, and it is the one the chain arrives at', () => {
  test.each(['subDistributor', 'platform', 'stranger', 'distributor'] as const)('%s', async (name) => {
    const seller = tree[name];
    const price = (await priceOf(seller.id))!;
    expect(Object.keys(price)).toEqual(['listUnitPrice', 'price']);
    const chain = await chainOf(seller.id);
    expect(Number((price.price as { rate: string }).rate)).toBe(
      Number((chain.retail.price as { rate: string }).rate),
    );
    expect(price.listUnitPrice).toBe(chain.listUnitPrice);
  });

  test('a discount edge below a rebate edge is not sold, and its chain refused', async () => {
    const below = await world.anOrganisation({ kind: 'distributor', parent: tree.stranger });
    await anEdge(world, tree.stranger.id, below.id, 'distribution', { mode: 'discount', rate: '0.9' });
    expect(await priceOf(below.id)).toBeUndefined();
    const chain = await chainOf(below.id);
    expect(() => priceChain(chainInputOf(chain, { customerId: 'c', quantity: '1', months: 1 }))).toThrow(
      'DISCOUNT_BELOW_REBATE',
    );
  });

  test('five levels deep, by rebate, the price is still the platform’s', async () => {
    let parent = tree.stranger;
    for (const commission of ['0.15', '0.12', '0.1', '0.05']) {
      const child = await world.anOrganisation({ kind: 'distributor', parent });
      await anEdge(world, parent.id, child.id, 'distribution', { mode: 'rebate', commission });
      parent = child;
    }
    await world.sql(
      `insert into retail_price (organisation_id, plan_id, product_id, unit_price, valid_from)
      values (?, ?, ?, 19000, ?)`,
      [tree.platform.id, catalogue.host.largeId, catalogue.host.productId, new Date(0)],
    );
    expect(await priceOf(parent.id, catalogue.host.largeId)).toMatchObject({
      price: { kind: 'fixed', unitPrice: '19000.0000000000' },
    });
    const chain = await chainOf(parent.id, catalogue.host.largeId);
    const { legs, payable } = priceChain(chainInputOf(chain, { customerId: 'c', quantity: '1', months: 1 }));
    expect(legs).toHaveLength(7);
    expect(payable).toBe(19_000n);
  });
});

describe('versions in force at the instant count', () => {
  test('terms, list price, retail price and period discount change when they say', async () => {
    const change = new Date('2026-12-01T00:00:00Z');
    const before = new Date(change.getTime() - 1);
    const { largeId } = catalogue.host;
    await world.sql(
      `with ended as (update list_price l set valid_to = ? from component c where c.id = l.component_id and c.plan_id = ?
         returning l.component_id, l.product_id, l.organisation_id)
       insert into list_price (component_id, product_id, organisation_id, unit_price, valid_from)
       select component_id, product_id, organisation_id, 30000, ?::timestamptz from ended`,
      [change, largeId, change],
    );
    await world.sql(
      `insert into period_discount (plan_id, product_id, organisation_id, months, rate, valid_from) values (?, ?, ?, 12, 0.9, ?)`,
      [largeId, catalogue.host.productId, tree.platform.id, change],
    );
    const bought = { customerId: tree.customer.id, quantity: '1', months: 12 };
    const nets = async (instant: Date) =>
      priceChain(chainInputOf(await chainOf(tree.subDistributor.id, largeId, instant), bought)).legs.map(
        (leg) => leg.net,
      );
    expect(await nets(before)).toEqual([120_000n, 168_000n, 192_000n, 228_000n]);
    expect(await nets(change)).toEqual([162_000n, 226_800n, 259_200n, 307_800n]);
    expect((await priceOf(tree.subDistributor.id, largeId, before))!.listUnitPrice).toBe('20000.0000000000');
    expect((await priceOf(tree.subDistributor.id, largeId, change))!.listUnitPrice).toBe('30000.0000000000');
  });

  test('without a list price nothing is sold', async () => {
    await world.sql(
      `update list_price l set valid_to = ? from component c where c.id = l.component_id and c.plan_id = ?`,
      [at, catalogue.hpc.planId],
    );
    expect(await priceOf(tree.platform.id, catalogue.hpc.planId)).toBeUndefined();
    await expect(chainOf(tree.platform.id, catalogue.hpc.planId)).rejects.toMatchObject({
      code: 'PRICE_MISSING',
    });
  });
});
