import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type {
  comparisonRowSchema,
  facetSchema,
  offerCardSchema,
  offerSchema,
} from '../../../api/catalogue/schemas.ts';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { aCatalogue, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let catalogue: Catalogue;
let api: RunningApi;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  catalogue = await aCatalogue(world, tree);
  api = await anApi(world);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

type List = {
  items: z.output<typeof offerCardSchema>[];
  facets: z.output<typeof facetSchema>[];
  nextCursor: string | null;
  count: number;
};
type Offer = z.output<typeof offerSchema>;

/** Somebody without an account who looks at a storefront. */
function visitor(storefront: string): Caller {
  const caller = api.anonymous();
  caller.cookies.set('kboss_storefront', storefront);
  return caller;
}
const list = async (query: string, storefront = 'platform'): Promise<List> =>
  (await visitor(storefront).get(`/shop/products?${query}`)).json<List>();

describe('the shop window needs no sign-in and shows the prices of its seller', () => {
  test('categories', async () => {
    const answer = await visitor('d-two').get('/shop/categories');
    const items = answer.json<{
      items: { kind: string; count: number; priceFrom: { unitPrice: string } | null }[];
    }>().items;
    expect(items).toHaveLength(7);
    expect(items.find(({ kind }) => kind === 'supercomputing')).toMatchObject({
      count: 1,
      name: { zh: '超算', en: 'Supercomputing' },
      priceFrom: { unitPrice: '7.6000000000', unit: 'core-hour', billing: 'pack' },
    });
    expect(items.find(({ kind }) => kind === 'storage')).toMatchObject({ count: 0, priceFrom: null });
  });

  test.each([
    ['platform', '10000.0000000000'],
    ['d-two', '9500.0000000000'],
    ['d-other', '10000.0000000000'],
  ])('%s', async (storefront, unitPrice) => {
    const { items } = await list('kind=cloud-host', storefront);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      code: 'host',
      stock: 'plenty',
      planCount: 2,
      priceFrom: { planCode: 'host-small', unitPrice },
    });
    expect(items[0]!.highlights.map(({ key }) => key)).toContain('cores');
  });

  test('nothing but the customer price: no supplier, cost, agreement or rate of anybody in any answer', async () => {
    const paths = [
      '/shop/products',
      '/shop/products/host',
      '/shop/categories',
      '/shop/price?plan=host-small&months=1',
      '/shop/comparison?items=host',
    ];
    for (const caller of [visitor('d-two'), await api.as(tree.customer.people['customer-admin']!)]) {
      for (const path of paths) {
        const { text, status } = await caller.get(path);
        expect(status).toBe(200);
        for (const secret of [5000, 7000, 8000].flatMap((price) => [`"${price}"`, `"${price}.0000000000"`])) {
          expect(text).not.toContain(secret);
        }
        expect(text).not.toContain(tree.productSupplier.id);
        expect(text).not.toContain(tree.productSupplier.name);
        expect(text).not.toMatch(/cost|commission|margin|edge|supplier|pool/i);
      }
    }
  });

  test('a customer sees the prices of their own seller, whatever cookie they bring', async () => {
    const caller = await api.as(tree.customer.people['customer-user']!);
    caller.cookies.set('kboss_storefront', 'platform');
    expect((await caller.get('/shop/products/host')).json<Offer>().plans[0]!.unitPrice).toBe(
      '9500.0000000000',
    );
  });
});

describe('lists', () => {
  test('facets and filters', async () => {
    const all = await list('kind=cloud-host');
    expect(all.facets.find(({ key }) => key === 'cores')).toMatchObject({ range: { min: 2, max: 4 } });
    expect((await list('kind=cloud-host&filter=cores:4..')).items[0]).toMatchObject({ planCount: 1 });
    expect((await list('kind=cloud-host&filter=cores:8..')).count).toBe(0);
    expect((await list('filter=kind:supercomputing&filter=kind:cloud-host')).count).toBe(2);
  });

  test('search in both languages, by label and by plan', async () => {
    expect((await list(`q=${encodeURIComponent('产品 host')}`)).items.map(({ code }) => code)).toEqual([
      'host',
    ]);
    expect((await list('q=epyc')).items.map(({ code }) => code)).toEqual(['hpc']);
    expect((await list('q=large')).items.map(({ code }) => code)).toEqual(['host']);
    expect((await list('q=%25')).count).toBe(0);
  });

  test('pages follow each other without gap or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = await list(`limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      expect(page.count).toBe(2);
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    }
    expect(seen.toSorted()).toEqual(['host', 'hpc']);
  });

  test.each([
    ['kind=castle', 422, 'INVALID_INPUT'],
    ['colour=red', 422, 'INVALID_INPUT'],
    ['limit=0', 422, 'INVALID_INPUT'],
    ['limit=1000', 422, 'INVALID_INPUT'],
    ['filter=colour:red', 422, 'FILTER_NOT_VALID'],
    ['kind=cloud-host&sort=region:asc', 422, 'SORT_NOT_VALID'],
    [`q=${'x'.repeat(101)}`, 422, 'INVALID_INPUT'],
    ['q=%00', 400, 'MALFORMED_REQUEST'],
    [`filter=${'a:b&filter='.repeat(50)}`, 422, 'INVALID_INPUT'],
  ])('%s is refused', async (query, status, code) => {
    const answer = await visitor('platform').get(`/shop/products?${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('a nonsense cursor starts from somewhere, harmlessly', async () => {
    for (const cursor of ['x', '999999~nothing', "1~'; drop table product"]) {
      expect(
        (await visitor('platform').get(`/shop/products?cursor=${encodeURIComponent(cursor)}`)).status,
      ).toBe(200);
    }
  });
});

describe('one product', () => {
  test('has plans with options, periods and specification', async () => {
    const offer = (await visitor('platform').get('/shop/products/host')).json<Offer>();
    expect(offer.plans.map(({ code }) => code)).toEqual(['host-small', 'host-large']);
    expect(offer.plans[0]).toMatchObject({
      months: [1, 3, 12],
      options: [{ key: 'image', name: { zh: '镜像', en: 'Image' }, values: ['ubuntu-24.04', 'rocky-9'] }],
      stock: 'low',
    });
    expect(offer.plans[1]!.stock).toBe('plenty');
    expect(offer.specification.find(({ key }) => key === 'region')!.value).toEqual({
      zh: '上海',
      en: 'Shanghai',
    });
  });

  test('that is not on the shelf, not sold here or not at all is not found', async () => {
    await world.sql(`update product set state = 'off-shelf' where code = 'hpc'`);
    const answers = await Promise.all(
      ['/shop/products/hpc', '/shop/products/none', '/shop/price?plan=hpc-hours&quantity=10'].map((path) =>
        visitor('platform').get(path),
      ),
    );
    await world.sql(`update product set state = 'on-shelf' where code = 'hpc'`);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    await world.anOrganisation({ kind: 'distributor', parent: tree.platform, code: 'no-agreement' });
    expect((await visitor('no-agreement').get('/shop/products/host')).status).toBe(404);
    expect((await list('', 'no-agreement')).items).toEqual([]);
  });
});

describe('a live price', () => {
  test.each([
    [
      'd-two',
      'plan=host-small&months=3&pieces=2',
      { list: '60000', discount: '3000', payable: '57000', each: '28500' },
    ],
    ['platform', 'plan=host-small&months=1', { list: '10000', discount: '0', payable: '10000' }],
    ['d-two', 'plan=hpc-hours&quantity=1000', { list: '8000', payable: '7600', unit: 'core-hour' }],
    ['d-two', 'plan=hpc-hours&quantity=10', { list: '80', payable: '76' }],
  ])('%s %s', async (storefront, query, breakdown) => {
    const answer = await visitor(storefront).get(`/shop/price?${query}`);
    expect(answer.body).toMatchObject(breakdown);
  });

  test.each([
    ['plan=host-small&months=2', 'PLAN_PERIOD_NOT_OFFERED'],
    ['plan=host-small', 'PLAN_PERIOD_NOT_OFFERED'],
    ['plan=hpc-hours&quantity=15', 'QUANTITY_NOT_OFFERED'],
    ['plan=hpc-hours&quantity=10&months=1', 'PLAN_HAS_NO_PERIOD'],
    ['plan=hpc-hours&quantity=0', 'QUANTITY_NOT_VALID'],
    ['plan=host-small&months=1&pieces=21', 'PIECES_NOT_OFFERED'],
    ['plan=host-small&months=1e1&pieces=-1', 'INVALID_INPUT'],
    ['plan=host-small&quantity=1;drop', 'INVALID_INPUT'],
    ['', 'INVALID_INPUT'],
  ])('%s is refused in both languages', async (query, code) => {
    const zh = await visitor('platform').get(`/shop/price?${query}`);
    const en = await visitor('platform').get(`/shop/price?${query}`, {
      headers: { 'Accept-Language': 'en' },
    });
    expect([zh.status, zh.body.code, en.body.code]).toEqual([422, code, code]);
    expect(zh.body.message).toMatch(/[一-龥]/);
    expect(en.body.message).not.toMatch(/[一-龥]/);
  });
});

describe('comparison', () => {
  type Comparison = { columns: { planCode: string }[]; rows: z.output<typeof comparisonRowSchema>[] };

  test('of two plans, all rows and only differences', async () => {
    const caller = visitor('d-two');
    const all = (
      await caller.get('/shop/comparison?items=host~host-small,host~host-large')
    ).json<Comparison>();
    expect(all.columns.map(({ planCode }) => planCode)).toEqual(['host-small', 'host-large']);
    expect(all.rows.find(({ key }) => key === 'cores')).toMatchObject({ values: [2, 4], best: [1] });
    expect(all.rows.find(({ key }) => key === 'unitPrice')).toMatchObject({ best: [0] });
    const different = (
      await caller.get('/shop/comparison?items=host~host-small,host~host-large&onlyDifferences=true')
    ).json<Comparison>();
    expect(different.rows.every((row) => row.isDifferent)).toBe(true);
    expect(different.rows.length).toBeLessThan(all.rows.length);
  });

  test.each([
    ['items=host,hpc', 'COMPARISON_NOT_VALID', 422],
    ['items=host,host,host,host,host', 'COMPARISON_NOT_VALID', 422],
    ['items=', 'COMPARISON_NOT_VALID', 422],
    ['items=HOST', 'COMPARISON_NOT_VALID', 422],
    ['items=none', 'NOT_FOUND', 404],
    ['items=host~none', 'NOT_FOUND', 404],
  ])('%s is refused', async (query, code, status) => {
    const answer = await visitor('platform').get(`/shop/comparison?${query}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

test('nothing of this reached the error log', () => {
  expect(api.log).toEqual([]);
  expect(catalogue.host.productId).toBeTruthy();
});

describe('what is opened from a pool that is not managed', () => {
  const stockOf = async (): Promise<string> => {
    const offer = (await visitor('d-two').get('/shop/products/hpc')).json<Offer>();
    return offer.plans[0]!.stock;
  };
  const setPool = (state: string, driver: string) =>
    world.sql('update pool set state = ?, driver = ? where id = ?', [state, driver, catalogue.hpc.poolId]);

  test('is out of stock until it is managed; what people open by hand is not', async () => {
    expect(await stockOf()).toBe('plenty');
    await setPool('unmanaged', 'slurm');
    expect(await stockOf()).toBe('none');
    await setPool('unmanaged', 'manual');
    expect(await stockOf()).toBe('plenty');
    await setPool('managed', 'slurm');
    expect(await stockOf()).toBe('plenty');
  });
});
