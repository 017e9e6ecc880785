import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { productDetailSchema } from '../../../api/catalogue/staff-schemas.ts';
import { anApi, type Answer, type Caller, type RunningApi } from '../../support/api.ts';
import { aCatalogue, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let catalogue: Catalogue;
let api: RunningApi;
let operations: Caller;
let admin: Caller;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  catalogue = await aCatalogue(world, tree);
  api = await anApi(world);
  operations = await api.as(tree.platform.people.operations!);
  admin = await api.as(tree.platform.people.admin!);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

type Detail = z.output<typeof productDetailSchema>;
const detailOf = (answer: Answer): Detail => answer.json<Detail>();
const outcome = (answer: Answer): unknown[] => [answer.status, answer.body.code];

const product = {
  kind: 'cloud-host',
  name: { zh: '新主机', en: 'New host' },
  summary: { zh: '', en: '' },
  provider: { zh: '某云', en: 'Some Cloud' },
  attributes: { region: 'wuxi', deliveryMinutes: 5, architecture: 'x86' },
};
const plan = {
  name: { zh: '小', en: 'Small' },
  billing: 'subscription',
  quantityUnit: 'piece',
  months: [1, 12],
  specification: { cores: 2, memory: 4, systemDisk: 40 },
  choices: { image: ['rocky-9'] },
  components: [
    { code: 'cpu', name: { zh: '核', en: 'Cores' }, unit: 'core', units: '2' },
    { code: 'memory', name: { zh: '内存', en: 'Memory' }, unit: 'gb', units: '4' },
  ],
};

/** A draft with a supply, a priced plan and stock: ready to be submitted. */
async function aDraft(code: string): Promise<Detail> {
  const created = await operations.post('/products', { ...product, code, poolId: catalogue.host.poolId });
  expect(created.status).toBe(201);
  const { id } = detailOf(created);
  const planned = detailOf(
    await operations.post(`/products/${id}/plans`, { ...plan, code: `${code}-small` }),
  );
  const planId = planned.plans[0]!.id;
  for (const [component, unitPrice] of [
    ['cpu', '1500'],
    ['memory', '250.5'],
  ] as const) {
    const priced = await operations.post(`/plans/${planId}/list-prices`, { component, unitPrice });
    expect(priced.status).toBe(201);
  }
  return detailOf(await operations.put(`/plans/${planId}/stock`, { available: '3' }));
}

describe('a product from draft to shelf', () => {
  test('is priced by its components and seen by nobody else until a second person approves', async () => {
    const draft = await aDraft('steps');
    expect(draft).toMatchObject({
      state: 'draft',
      plans: [{ listUnitPrice: '4002.0000000000', available: '3', reserved: '0' }],
    });
    const window = api.anonymous();
    expect((await window.get('/shop/products/steps')).status).toBe(404);

    const submitted = detailOf(await operations.post(`/products/${draft.id}/submit`));
    expect(submitted.state).toBe('in-review');
    expect(submitted.actions.toSorted()).toEqual(['approve', 'reject', 'withdraw']);
    expect(outcome(await operations.post(`/products/${draft.id}/approve`))).toEqual([
      409,
      'REVIEWER_IS_AUTHOR',
    ]);
    expect(outcome(await operations.put(`/products/${draft.id}`, strip(product)))).toEqual([
      409,
      'PRODUCT_NOT_EDITABLE',
    ]);
    expect((await window.get('/shop/products/steps')).status).toBe(404);

    const approved = detailOf(await admin.post(`/products/${draft.id}/approve`));
    expect(approved).toMatchObject({ state: 'on-shelf', actions: ['take-off'] });
    expect(approved.events.map(({ from, to }) => [from, to])).toEqual([
      ['in-review', 'on-shelf'],
      ['draft', 'in-review'],
    ]);
    expect((await window.get('/shop/products/steps')).json<{ priceFrom: object }>().priceFrom).toMatchObject({
      unitPrice: '4002.0000000000',
    });

    expect(detailOf(await admin.post(`/products/${draft.id}/take-off`)).state).toBe('off-shelf');
    expect((await window.get('/shop/products/steps')).status).toBe(404);
    expect(outcome(await operations.put(`/products/${draft.id}`, strip(product)))).toEqual([
      409,
      'PRODUCT_NOT_EDITABLE',
    ]);
    expect(detailOf(await admin.post(`/products/${draft.id}/put-back`)).state).toBe('on-shelf');
    const trail = await world.sql<{ action: string }>(
      'select action from audit_event where subject_id = ? order by at',
      [draft.id],
    );
    expect(trail.map(({ action }) => action)).toEqual([
      'product.created',
      'product.submit',
      'product.approve',
      'product.take-off',
      'product.put-back',
    ]);
  });

  test('goes back to its author with a reason, and only with one', async () => {
    const { id } = await aDraft('rejected');
    await operations.post(`/products/${id}/submit`);
    expect(outcome(await admin.post(`/products/${id}/reject`))).toEqual([422, 'INVALID_INPUT']);
    const rejected = detailOf(await admin.post(`/products/${id}/reject`, { reason: '请补充照片' }));
    expect(rejected).toMatchObject({ state: 'draft', events: [{ reason: '请补充照片' }, {}] });
  });

  test('is submitted complete only', async () => {
    const { id } = detailOf(await operations.post('/products', { ...product, code: 'bare' }));
    expect(outcome(await operations.post(`/products/${id}/submit`))).toEqual([409, 'PRODUCT_NOT_COMPLETE']);
    await operations.put(`/products/${id}`, { ...strip(product), attributes: {} });
    expect(outcome(await operations.post(`/products/${id}/submit`))).toEqual([422, 'ATTRIBUTE_MISSING']);
  });

  test('makes no move that its state does not allow', async () => {
    const { id } = await aDraft('moves');
    for (const action of ['approve', 'withdraw', 'take-off', 'put-back', 'revise']) {
      expect(outcome(await admin.post(`/products/${id}/${action}`))).toEqual([
        409,
        'LISTING_MOVE_NOT_ALLOWED',
      ]);
    }
  });

  test('two reviewers at once approve it once', async () => {
    const { id } = await aDraft('race');
    await operations.post(`/products/${id}/submit`);
    const answers = await Promise.all([1, 2, 3].map(() => admin.post(`/products/${id}/approve`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });
});

describe('plans', () => {
  test('are changed while the product is no customer’s sight, code and billing stay', async () => {
    const draft = await aDraft('plans');
    const { id, code } = draft.plans[0]!;
    const changed = detailOf(
      await operations.put(`/plans/${id}`, {
        name: plan.name,
        months: [1, 3],
        specification: { ...plan.specification, memory: 8 },
        choices: {},
        maxPieces: 5,
        state: 'active',
      }),
    );
    expect(changed.plans[0]).toMatchObject({
      code,
      months: [1, 3],
      maxPieces: 5,
      specification: { memory: 8 },
    });
    const onShelf = (await operations.get(`/products/${catalogue.host.productId}`)).json<Detail>().plans[0]!;
    expect(
      outcome(
        await operations.put(`/plans/${onShelf.id}`, {
          name: plan.name,
          months: [1],
          specification: plan.specification,
        }),
      ),
    ).toEqual([409, 'PRODUCT_NOT_EDITABLE']);
  });

  test('keep their stock, beside what is reserved', async () => {
    const draft = await aDraft('stocked');
    const { id } = draft.plans[0]!;
    expect(
      detailOf(await operations.put(`/plans/${id}/stock`, { available: null })).plans[0]!.available,
    ).toBeNull();
    expect(outcome(await operations.put(`/plans/${id}/stock`, { available: '-1' }))).toEqual([
      422,
      'INVALID_INPUT',
    ]);
  });

  test.each([
    [{ months: [] }, 'PLAN_PERIODS_NOT_VALID'],
    [{ specification: { wings: 2 } }, 'ATTRIBUTE_UNKNOWN'],
    [{ specification: { cores: -2 } }, 'ATTRIBUTE_NOT_VALID'],
    [{ choices: { colour: ['red'] } }, 'PLAN_CHOICE_UNKNOWN'],
    [{ quantity: { min: '5', max: '1', step: '1' } }, 'PLAN_QUANTITY_NOT_VALID'],
    [{ components: [] }, 'INVALID_INPUT'],
    [{ billing: 'metered' }, 'INVALID_INPUT'],
    [{ code: 'host-small' }, 'CODE_TAKEN'],
    [{ state: 'gone' }, 'INVALID_INPUT'],
  ])('%j is refused', async (change, code) => {
    const draft = (await operations.get('/products?state=draft&limit=1')).json<{ items: { id: string }[] }>()
      .items[0]!;
    const answer = await operations.post(`/products/${draft.id}/plans`, {
      ...plan,
      code: 'bad-plan',
      ...change,
    });
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(code === 'CODE_TAKEN' ? 409 : 422);
  });
});

describe('list prices are versions', () => {
  const future = '2027-01-01T00:00:00+08:00';

  test('a new one ends the one in force, a later one stays', async () => {
    const draft = await aDraft('versions');
    const planId = draft.plans[0]!.id;
    const publish = (unitPrice: string, validFrom?: string) =>
      operations.post(`/plans/${planId}/list-prices`, {
        component: 'cpu',
        unitPrice,
        ...(validFrom && { validFrom }),
      });
    expect((await publish('1600', future)).status).toBe(201);
    expect((await publish('1550')).status).toBe(201);
    const { listPrices } = (await operations.get(`/products/${draft.id}/prices`)).json<{
      listPrices: { component: string; unitPrice: string; validFrom: string; validTo: string | null }[];
    }>();
    const versions = listPrices.filter(({ component }) => component === 'cpu');
    expect(versions.map(({ unitPrice }) => unitPrice)).toEqual(['1600', '1550', '1500']);
    expect(versions[0]).toMatchObject({ validFrom: '2026-12-31T16:00:00.000Z', validTo: null });
    expect(versions[1]!.validTo).toBe(versions[0]!.validFrom);
    expect(versions[2]!.validTo).toBe(versions[1]!.validFrom);
    expect(outcome(await publish('1700', future))).toEqual([409, 'PRICE_VERSION_EXISTS']);
    expect(outcome(await publish('1700', '2026-01-01T00:00:00Z'))).toEqual([422, 'PRICE_STARTS_IN_PAST']);
  });

  test('two people who publish for the same instant do not both win', async () => {
    const { plans } = await aDraft('twice');
    const answers = await Promise.all(
      ['1', '2', '3', '4'].map((unitPrice) =>
        operations.post(`/plans/${plans[0]!.id}/list-prices`, {
          component: 'cpu',
          unitPrice,
          validFrom: future,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
  });

  test('a period discount makes a year cheaper', async () => {
    const { smallId } = catalogue.host;
    expect(
      (await operations.post(`/plans/${smallId}/period-discounts`, { months: 12, rate: '0.8' })).status,
    ).toBe(201);
    const price = await api.anonymous().get('/shop/price?plan=host-small&months=12');
    expect(price.body).toMatchObject({ payable: '96000' });
    for (const rate of ['0', '1.1', '-1', 'x']) {
      expect(
        outcome(await operations.post(`/plans/${smallId}/period-discounts`, { months: 12, rate })),
      ).toEqual([422, 'INVALID_INPUT']);
    }
    expect(
      outcome(
        await operations.post(`/plans/${catalogue.hpc.planId}/period-discounts`, { months: 12, rate: '0.8' }),
      ),
    ).toEqual([422, 'PLAN_HAS_NO_PERIOD']);
  });

  test.each([
    [{ component: 'cpu' }, 422, 'INVALID_INPUT'],
    [{ component: 'none', unitPrice: '1' }, 404, 'NOT_FOUND'],
    [{ component: 'base', unitPrice: '-1' }, 422, 'INVALID_INPUT'],
    [{ component: 'base', unitPrice: '1.00000000001' }, 422, 'INVALID_INPUT'],
    [{ component: 'base', unitPrice: 5 }, 422, 'INVALID_INPUT'],
    [{ component: 'base', unitPrice: '1', validFrom: 'tomorrow' }, 422, 'INVALID_INPUT'],
  ])('%j is refused', async (body, status, code) => {
    expect(outcome(await operations.post(`/plans/${catalogue.host.smallId}/list-prices`, body))).toEqual([
      status,
      code,
    ]);
  });
});

describe('fences', () => {
  test('only the platform drafts products, and nobody else sees its drafts, plans, prices or stock', async () => {
    const draft = await aDraft('secret');
    const distributor = await api.as(tree.distributor.people.operations!);
    expect(outcome(await distributor.post('/products', { ...product, code: 'own' }))).toEqual([
      403,
      'PRODUCT_OF_PLATFORM_ONLY',
    ]);
    for (const id of [draft.id, catalogue.host.productId]) {
      expect((await distributor.get(`/products/${id}`)).status).toBe(404);
      expect((await distributor.get(`/products/${id}/prices`)).status).toBe(404);
      expect((await distributor.put(`/products/${id}`, strip(product))).status).toBe(404);
      expect((await distributor.post(`/products/${id}/submit`)).status).toBe(404);
    }
    const { smallId } = catalogue.host;
    expect((await distributor.put(`/plans/${smallId}/stock`, { available: '9' })).status).toBe(404);
    expect(
      (await distributor.post(`/plans/${smallId}/list-prices`, { component: 'base', unitPrice: '1' })).status,
    ).toBe(404);
    expect((await distributor.get('/products')).json<{ items: unknown[] }>().items).toEqual([]);
    expect((await distributor.get('/pools')).json<{ items: unknown[] }>().items).toEqual([]);
  });

  test('sales may look and not edit, operations may not review elsewhere', async () => {
    const sales = await api.as(tree.platform.people.sales!);
    expect((await sales.get('/products')).status).toBe(200);
    expect((await sales.post('/products', { ...product, code: 'by-sales' })).status).toBe(403);
    expect((await sales.post(`/products/${catalogue.host.productId}/take-off`)).status).toBe(403);
  });

  test.each([
    [{ code: 'Bad Code' }, 422, 'INVALID_INPUT'],
    [{ code: 'host' }, 409, 'CODE_TAKEN'],
    [{ code: 'k', kind: 'castle' }, 422, 'INVALID_INPUT'],
    [{ code: 'ok-1', name: { zh: '只有中文' } }, 422, 'INVALID_INPUT'],
    [{ code: 'ok-1', name: { zh: 'x'.repeat(81), en: 'x' } }, 422, 'INVALID_INPUT'],
    [{ code: 'ok-1', attributes: { region: 'atlantis' } }, 422, 'ATTRIBUTE_NOT_VALID'],
    [{ code: 'ok-1', attributes: { region: ['wuxi'] } }, 422, 'INVALID_INPUT'],
    [{ code: 'ok-1', poolId: '00000000-0000-7000-8000-000000000000' }, 404, 'NOT_FOUND'],
    [{ code: 'ok-1', state: 'on-shelf' }, 422, 'INVALID_INPUT'],
  ])('%j is refused', async (change, status, code) => {
    expect(outcome(await operations.post('/products', { ...product, ...change }))).toEqual([status, code]);
  });

  test('pages of the list follow each other', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer: Answer = await operations.get(`/products?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      const page = answer.json<{ items: { code: string }[]; nextCursor: string | null }>();
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain('host');
  });

  test('nothing of this reached the error log', () => expect(api.log).toEqual([]));
});

/** The fields that can be changed. */
function strip({ name, summary, provider, attributes }: typeof product): object {
  return { name, summary, provider, attributes };
}
