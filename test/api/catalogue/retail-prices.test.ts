import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anApi, type Answer, type Caller, type RunningApi } from '../../support/api.ts';
import { aCatalogue, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let catalogue: Catalogue;
let api: RunningApi;
let seller: Caller;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  catalogue = await aCatalogue(world, tree);
  api = await anApi(world);
  seller = await api.as(tree.subDistributor.people.operations!);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

interface Retail {
  items: {
    planCode: string;
    mode: string;
    costUnitPrice: string | null;
    customerUnitPrice: string;
    commissionRate: string | null;
  }[];
  versions: {
    planId: string | null;
    rate: string | null;
    unitPrice: string | null;
    validTo: string | null;
  }[];
}
const retailOf = async (caller: Caller): Promise<Retail> =>
  (await caller.get('/retail-prices')).json<Retail>();
const outcome = (answer: Answer): unknown[] => [answer.status, answer.body.code];
const priceShown = async (plan: string): Promise<unknown> => {
  const caller = api.anonymous();
  caller.cookies.set('kboss_storefront', 'd-two');
  return (await caller.get(`/shop/price?plan=${plan}&months=1`)).body.payable;
};

describe('what a seller sells, at which own cost and price', () => {
  test('a distributor sees its own cost and nothing above it', async () => {
    const answer = await seller.get('/retail-prices');
    expect(answer.json<Retail>().items.find(({ planCode }) => planCode === 'host-small')).toMatchObject({
      mode: 'discount',
      costUnitPrice: '8000.0000000000',
      customerUnitPrice: '9500.0000000000',
      commissionRate: null,
    });
    expect(answer.text).not.toMatch(/"(5000|7000)\.0000000000"|"0\.70?"|"0\.50?"/);
    expect(answer.text).not.toContain(tree.distributor.id);
    expect(answer.text).not.toContain(tree.productSupplier.id);
  });

  test('the platform sees the supply cost, an agent its commission', async () => {
    const platform = await retailOf(await api.as(tree.platform.people.operations!));
    expect(platform.items.find(({ planCode }) => planCode === 'host-small')).toMatchObject({
      costUnitPrice: '5000.0000000000',
    });
    const agent = await retailOf(await api.as(tree.stranger.people.operations!));
    expect(agent.items.find(({ planCode }) => planCode === 'host-small')).toMatchObject({
      mode: 'rebate',
      costUnitPrice: null,
      commissionRate: '0.2000000000',
    });
  });
});

describe('a retail price', () => {
  test('for one plan counts before the one for all, from now on', async () => {
    const answer = await seller.post('/retail-prices', {
      planId: catalogue.host.smallId,
      rate: '0.9',
      floorRate: '0.85',
    });
    expect(outcome(answer)).toEqual([201, undefined]);
    expect(await priceShown('host-small')).toBe('9000');
    expect(await priceShown('host-large')).toBe('19000');
    await seller.post('/retail-prices', { planId: catalogue.host.smallId, unitPrice: '8888.5' });
    expect(await priceShown('host-small')).toBe('8889');
    const { versions } = await retailOf(seller);
    expect(versions.filter(({ planId }) => planId === catalogue.host.smallId)).toMatchObject([
      { unitPrice: '8888.5', validTo: null },
    ]);
    const trail = await world.sql<{ after: { unit_price: string | null } }>(
      `select after from audit_event where action = 'retail-price.set' order by at`,
    );
    expect(trail.at(-1)!.after.unit_price).toBe('8888.5');
  });

  test.each([
    [{ rate: '0.7999' }, 409, 'NEGATIVE_MARGIN'],
    [{ rate: '0.9', floorRate: '0.91' }, 409, 'BELOW_FLOOR'],
    [{ rate: '0.9', unitPrice: '1' }, 422, 'INVALID_INPUT'],
    [{}, 422, 'INVALID_INPUT'],
    [{ rate: '-0.9' }, 422, 'INVALID_INPUT'],
    [{ rate: '0.9', organisationId: '00000000-0000-7000-8000-000000000000' }, 422, 'INVALID_INPUT'],
    [{ rate: '0.9', planId: '00000000-0000-7000-8000-000000000000' }, 404, 'NOT_FOUND'],
    [{ rate: '0.9', validFrom: '2020-01-01T00:00:00Z' }, 422, 'PRICE_STARTS_IN_PAST'],
  ])('%j is refused', async (body, status, code) => {
    expect(outcome(await seller.post('/retail-prices', body))).toEqual([status, code]);
  });

  test('is not an agent’s to set', async () => {
    const agent = await api.as(tree.stranger.people.operations!);
    expect(outcome(await agent.post('/retail-prices', { rate: '0.9' }))).toEqual([
      409,
      'RETAIL_SET_BY_PRINCIPAL',
    ]);
  });

  test('is set by those who may', async () => {
    const sales = await api.as(tree.subDistributor.people.sales!);
    expect((await sales.get('/retail-prices')).status).toBe(200);
    expect((await sales.post('/retail-prices', { rate: '0.9' })).status).toBe(403);
    const customer = await api.as(tree.customer.people['customer-admin']!);
    expect((await customer.get('/retail-prices')).status).toBe(403);
  });

  test('nothing of this reached the error log', () => expect(api.log).toEqual([]));
});
