import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { cartSchema } from '../../../api/cart/view.ts';
import { anApi, type Answer, type Caller, type RunningApi } from '../../support/api.ts';
import { aCatalogue, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let catalogue: Catalogue;
let api: RunningApi;
let customer: Caller;

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
beforeEach(async () => {
  await world.sql('delete from cart_line');
  customer = await api.as(tree.customer.people['customer-user']!);
});

type Cart = z.output<typeof cartSchema>;
const host = { plan: 'host-small', months: 3, pieces: 2, configuration: { image: 'rocky-9' } };
const hours = { plan: 'hpc-hours', quantity: '1000' };
const cartOf = (answer: Answer): Cart => answer.json<Cart>();
const add = async (body: object, caller = customer): Promise<Cart> =>
  cartOf(await caller.post('/cart/lines', body));

describe('a cart', () => {
  test('holds lines of several suppliers, priced by the customer’s seller', async () => {
    await add(host);
    const cart = await add(hours);
    expect(cart.items.map((line) => [line.product.code, line.state, line.breakdown?.payable])).toEqual([
      ['host', 'ready', '57000'],
      ['hpc', 'ready', '7600'],
    ]);
    expect(cart).toMatchObject({ total: '64600', changed: [] });
    expect(cart.items[0]).toMatchObject({
      pieces: 2,
      months: 3,
      configuration: { image: 'rocky-9' },
      breakdown: { list: '60000', discount: '3000', each: '28500' },
      plan: { options: [{ key: 'image' }] },
    });
    expect(cartOf(await customer.get('/cart'))).toEqual(cart);
  });

  test('joins one more of the same to its line, up to the most pieces', async () => {
    await add(host);
    const joined = await add({ ...host, pieces: 1 });
    expect(joined.items).toHaveLength(1);
    expect(joined.items[0]).toMatchObject({ pieces: 3, priceSeen: '85500' });
    const split = await add({ ...host, pieces: 18 });
    expect(split.items.map((line) => line.pieces)).toEqual([3, 18]);
  });

  test('changes a line and takes it out', async () => {
    const id = (await add(host)).items[0]!.id;
    const changed = cartOf(await customer.patch(`/cart/lines/${id}`, { months: 12, pieces: 1 }));
    expect(changed.items[0]).toMatchObject({ months: 12, pieces: 1, priceSeen: '114000', state: 'ready' });
    expect(changed.items[0]!.configuration).toEqual({ image: 'rocky-9' });
    expect(cartOf(await customer.delete(`/cart/lines/${id}`))).toMatchObject({ items: [], total: '0' });
    expect((await customer.delete(`/cart/lines/${id}`)).status).toBe(404);
  });

  test('double clicks in two tabs make one line', async () => {
    const carts = await Promise.all(Array.from({ length: 6 }, () => add({ ...host, pieces: 1 })));
    expect(Math.max(...carts.map((cart) => cart.items.length))).toBe(1);
    expect(cartOf(await customer.get('/cart')).items[0]!.pieces).toBe(6);
  });

  test('is full at fifty lines', async () => {
    await world.sql(
      `insert into cart_line (organisation_id, user_id, product_id, plan_id, quantity, months, pieces, price_seen, created_at, updated_at)
       select ?, ?, ?, ?, n * 10, 0, 1, 1, now(), now() from generate_series(1, 50) n`,
      [
        tree.customer.id,
        tree.customer.people['customer-user']!.id,
        catalogue.hpc.productId,
        catalogue.hpc.planId,
      ],
    );
    const answer = await customer.post('/cart/lines', { ...hours, quantity: '5000' });
    expect([answer.status, answer.body.code]).toEqual([409, 'CART_FULL']);
  });
});

describe('what changed since is shown before anything is paid', () => {
  test('a new price, until it was seen', async () => {
    await add(host);
    await world.sql('update retail_price set rate = 0.9 where organisation_id = ?', [tree.subDistributor.id]);
    const cart = cartOf(await customer.get('/cart'));
    expect(cart.items[0]!.state).toBe('price-changed');
    expect(cart.changed).toEqual([{ id: cart.items[0]!.id, seen: '57000', now: '54000' }]);
    expect(cart.total).toBe('54000');
    const seen = cartOf(await customer.post('/cart/prices-seen'));
    await world.sql('update retail_price set rate = 0.95 where organisation_id = ?', [
      tree.subDistributor.id,
    ]);
    expect(seen).toMatchObject({ changed: [], items: [{ state: 'ready', priceSeen: '54000' }] });
  });

  test('what is sold out, taken off or no longer offered stays in the cart, says why, and counts for nothing', async () => {
    await add(host);
    await add(hours);
    await world.sql('update stock set available = 0 where plan_id = ?', [catalogue.host.smallId]);
    await world.sql(`update product set state = 'off-shelf' where id = ?`, [catalogue.hpc.productId]);
    const en = cartOf(await customer.get('/cart', { headers: { 'Accept-Language': 'en' } }));
    const gone = await customer.patch(`/cart/lines/${en.items[1]!.id}`, { quantity: '20' });
    expect([gone.status, gone.body.code]).toEqual([409, 'PLAN_NOT_FOR_SALE']);
    await world.sql('update stock set available = 5 where plan_id = ?', [catalogue.host.smallId]);
    await world.sql(`update product set state = 'on-shelf' where id = ?`, [catalogue.hpc.productId]);
    expect(en.total).toBe('0');
    expect(en.items.map((line) => [line.state, line.reason?.code])).toEqual([
      ['unavailable', 'OUT_OF_STOCK'],
      ['unavailable', 'PLAN_NOT_FOR_SALE'],
    ]);
    expect(en.items[0]!.reason!.message).toContain('in stock');
    expect(en.items[1]!.product.name.zh).toBe('已下架商品');
  });
});

describe('fences', () => {
  test('a cart is one person’s: colleagues and strangers neither see nor change it', async () => {
    const id = (await add(host)).items[0]!.id;
    const others = await Promise.all(
      [tree.customer.people['customer-admin']!, tree.directCustomer.people['customer-admin']!].map((person) =>
        api.as(person),
      ),
    );
    for (const other of others) {
      expect(cartOf(await other.get('/cart')).items).toEqual([]);
      expect((await other.patch(`/cart/lines/${id}`, { pieces: 1 })).status).toBe(404);
      expect((await other.delete(`/cart/lines/${id}`)).status).toBe(404);
    }
    expect(cartOf(await customer.get('/cart')).items).toHaveLength(1);
  });

  test('staff and visitors have none', async () => {
    expect((await api.anonymous().get('/cart')).status).toBe(401);
    expect((await (await api.as(tree.platform.people['sales']!)).get('/cart')).status).toBe(403);
  });

  test.each([
    [{}, 422, 'INVALID_INPUT'],
    [{ ...host, plan: 'none' }, 404, 'NOT_FOUND'],
    [{ ...host, plan: "x'; --" }, 422, 'INVALID_INPUT'],
    [{ ...host, months: 2 }, 422, 'PLAN_PERIOD_NOT_OFFERED'],
    [{ ...host, months: '3' }, 422, 'INVALID_INPUT'],
    [{ ...host, months: 1e9 }, 422, 'INVALID_INPUT'],
    [{ ...host, pieces: -1 }, 422, 'INVALID_INPUT'],
    [{ ...host, pieces: 0.5 }, 422, 'INVALID_INPUT'],
    [{ ...host, pieces: 50 }, 422, 'PIECES_NOT_OFFERED'],
    [{ ...host, quantity: '2' }, 422, 'QUANTITY_NOT_OFFERED'],
    [{ ...host, quantity: 1 }, 422, 'INVALID_INPUT'],
    [{ ...host, quantity: '9'.repeat(40) }, 422, 'INVALID_INPUT'],
    [{ ...host, configuration: {} }, 422, 'OPTION_NOT_OFFERED'],
    [{ ...host, configuration: { image: '$(reboot)' } }, 422, 'OPTION_NOT_OFFERED'],
    [{ ...host, configuration: { image: 'rocky-9', user: 'root' } }, 422, 'OPTION_NOT_OFFERED'],
    [{ ...host, configuration: { image: ['rocky-9'] } }, 422, 'INVALID_INPUT'],
    [{ ...host, price: '1' }, 422, 'INVALID_INPUT'],
    [{ ...hours, pieces: 2 }, 422, 'PIECES_NOT_OFFERED'],
    [{ ...hours, quantity: '15' }, 422, 'QUANTITY_NOT_OFFERED'],
    [{ ...hours, months: 1 }, 422, 'PLAN_HAS_NO_PERIOD'],
    [[], 422, 'INVALID_INPUT'],
    [null, 422, 'INVALID_INPUT'],
  ])('%j is refused', async (body, status, code) => {
    const answer = await customer.call('POST', '/cart/lines', { body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toMatch(/[一-龥]/);
    expect(cartOf(await customer.get('/cart')).items).toEqual([]);
  });

  test('a field at fault has its text in the caller’s language', async () => {
    const zh = await customer.post('/cart/lines', { ...host, configuration: {} });
    expect(zh.body.fields).toEqual({ 'configuration.image': '配置项“镜像”不正确：请从列出的选项中选择' });
    const en = await customer.post(
      '/cart/lines',
      { ...host, configuration: {} },
      { headers: { 'Accept-Language': 'en' } },
    );
    expect(en.body.fields).toEqual({
      'configuration.image': 'The choice of “Image” is not offered. Pick one of the listed options',
    });
  });

  test('nothing of this reached the error log', () => expect(api.log).toEqual([]));
});
