import type { Database } from '../database.ts';
import type { SecretBox } from '../secrets.ts';
import { seedAgreements } from './agreements.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedOrganisations } from './organisations.ts';
import { refreshOutside, seedOutside, type DemoOutside } from './outside.ts';

/** Whether the demo world (or any other) is there already. */
export function isSeeded(database: Database): Promise<boolean> {
  return database.asSystem('seed', async (em) => {
    const rows = await em.execute(`select from organisation where kind = 'platform'`);
    return rows.length > 0;
  });
}

/** Makes the demo world, all or nothing: organisations, agreements, prices, products, bindings, pools. */
export function seedDemo(
  database: Database,
  secrets: SecretBox,
  outside: DemoOutside,
  at: Date,
): Promise<void> {
  return database.asSystem('seed', async (em) => {
    const tree = await seedOrganisations(em, secrets, at);
    const pools = await seedOutside(em, secrets, tree, outside, at);
    await seedCatalogue(em, tree, pools, at);
    await seedAgreements(em, tree);
  });
}

/** Brings addresses of clusters, supplier and site up to date in a world that is there already. */
export function refreshDemo(
  database: Database,
  secrets: SecretBox,
  outside: Parameters<typeof refreshOutside>[2],
): Promise<void> {
  return database.asSystem('seed', (em) => refreshOutside(em, secrets, outside));
}
