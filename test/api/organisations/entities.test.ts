import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DepartmentEntity, OrganisationEntity } from '../../../db/organisations/entities.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
});

afterAll(() => world.close());

test('an entity manager finds rows of the acting organisation only, even where the database would show more', async () => {
  const actor = { organisationId: tree.distributor.id };
  await world.api.inOrganisation(actor, async (em) => {
    em.create(DepartmentEntity, { organisationId: tree.distributor.id, name: '销售部' });
  });
  await world.worker.asSystem('test', async (em) => {
    expect(await em.count(DepartmentEntity)).toBe(1);
    em.setFilterParams('organisation', { organisationId: tree.stranger.id, all: false });
    expect(await em.count(DepartmentEntity)).toBe(0);
  });
  const seen = await world.api.inOrganisation(actor, (em) => em.findAll(OrganisationEntity));
  expect(seen.map(({ id }) => id).sort()).toEqual([tree.distributor.id, tree.subDistributor.id].sort());
  expect(await world.api.inPublic((em) => em.count(OrganisationEntity))).toBe(0);
});
