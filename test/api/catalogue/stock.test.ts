import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { releaseStock, reserveStock, takeStock, type StockRequest } from '../../../db/catalogue/stock.ts';
import { openDatabase, type Database } from '../../../db/database.ts';
import { aCatalogue, type Catalogue } from '../../support/catalogue.ts';
import { anEmptyWorld, aTree, type World } from '../../support/world.ts';

let world: World;
let other: Database;
let catalogue: Catalogue;
const at = new Date('2026-11-25T02:00:00Z');
let run = 0;

beforeAll(async () => {
  world = await anEmptyWorld();
  catalogue = await aCatalogue(world, await aTree(world));
  other = await openDatabase(world.database.workerUrl, 8);
});
afterAll(async () => {
  await other.close();
  await world.close();
});
beforeEach(async () => {
  run += 1;
  await world.sql('update stock set available = 5, reserved = 0 where plan_id in (?, ?)', [
    catalogue.host.smallId,
    catalogue.host.largeId,
  ]);
});

const request = (name: string, planId = catalogue.host.smallId, quantity = '1'): StockRequest => ({
  key: `${run}:${name}`,
  planId,
  quantity,
});

/** Reserves all or nothing, as an order does. */
const reserve = (database: Database, requests: StockRequest[]): Promise<boolean> =>
  database
    .asSystem('order-process', async (em) => {
      if (await reserveStock(em, requests, at)) throw new Error('refused');
      return true;
    })
    .catch((error: Error) => {
      if (error.message !== 'refused') throw error;
      return false;
    });
const inSystem = (work: Parameters<Database['asSystem']>[1]) => world.worker.asSystem('order-process', work);
const stockOf = async (planId = catalogue.host.smallId): Promise<[number, number]> => {
  const [row] = await world.sql<{ available: string; reserved: string }>(
    'select available, reserved from stock where plan_id = ?',
    [planId],
  );
  return [Number(row!.available), Number(row!.reserved)];
};

describe('stock', () => {
  test('never goes below zero, whoever races', async () => {
    const wins = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        reserve(index % 2 ? world.worker : other, [request(`race-${index}`)]),
      ),
    );
    expect(wins.filter(Boolean)).toHaveLength(5);
    expect(await stockOf()).toEqual([0, 5]);
  });

  test('two orders with the same plans in opposite order neither wait for each other for ever nor share', async () => {
    const { smallId, largeId } = catalogue.host;
    const wins = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const lines = [request(`x-${index}-a`, smallId), request(`x-${index}-b`, largeId)];
        return reserve(index % 2 ? world.worker : other, index % 2 ? lines : lines.reverse());
      }),
    );
    expect(wins.filter(Boolean)).toHaveLength(5);
    expect(await stockOf(smallId)).toEqual([0, 5]);
    expect(await stockOf(largeId)).toEqual([0, 5]);
  });

  test('an order that cannot have all takes nothing', async () => {
    const { smallId, largeId } = catalogue.host;
    expect(await reserve(world.worker, [request('a', smallId, '2'), request('b', largeId, '6')])).toBe(false);
    expect(await stockOf(smallId)).toEqual([5, 0]);
    expect(await reserve(world.worker, [request('a', smallId, '2'), request('b', largeId, '5')])).toBe(true);
  });

  test('a repeated key reserves, takes and gives back once', async () => {
    for (let time = 0; time < 3; time += 1)
      expect(await reserve(world.worker, [request('same', undefined, '2')])).toBe(true);
    expect(await stockOf()).toEqual([3, 2]);
    for (let time = 0; time < 3; time += 1) await inSystem((em) => takeStock(em, request('same').key, at));
    expect(await stockOf()).toEqual([3, 0]);
    for (let time = 0; time < 3; time += 1) await inSystem((em) => releaseStock(em, request('same').key, at));
    expect(await stockOf()).toEqual([5, 0]);
    await inSystem((em) => takeStock(em, request('same').key, at));
    expect(await stockOf()).toEqual([5, 0]);
  });

  test('what was only held goes back to both sides, also when many give it back at once', async () => {
    await reserve(world.worker, [request('held', undefined, '4')]);
    await Promise.all(
      Array.from({ length: 6 }, () => inSystem((em) => releaseStock(em, request('held').key, at))),
    );
    expect(await stockOf()).toEqual([5, 0]);
    await inSystem((em) => releaseStock(em, 'unknown', at));
    expect(await stockOf()).toEqual([5, 0]);
  });

  test('unlimited stock stays unlimited, a plan without a stock row has none', async () => {
    const { largeId } = catalogue.host;
    await world.sql('update stock set available = null where plan_id = ?', [largeId]);
    expect(await reserve(world.worker, [request('many', largeId, '1000000')])).toBe(true);
    await inSystem((em) => releaseStock(em, request('many').key, at));
    expect(await world.sql('select available from stock where plan_id = ?', [largeId])).toEqual([
      { available: null },
    ]);
    await world.sql('delete from stock where plan_id = ?', [catalogue.hpc.planId]);
    expect(await reserve(world.worker, [request('none', catalogue.hpc.planId)])).toBe(false);
  });

  test('the api can neither read counts of others nor reserve', async () => {
    await expect(
      world.api.inPublic((em) =>
        em.execute('update stock set available = 99 where plan_id = ?', [catalogue.host.smallId]),
      ),
    ).rejects.toThrow(/read-only|permission/);
    expect(await world.api.inPublic((em) => em.execute('select * from stock'))).toEqual([]);
    await expect(world.api.inPublic((em) => em.execute('select * from stock_reservation'))).rejects.toThrow(
      'permission denied',
    );
  });
});
