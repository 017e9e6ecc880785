import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { fileURLToPath } from 'node:url';

const directory = fileURLToPath(new URL('migrations', import.meta.url));

/**
 * Brings a database to the newest schema, as `kboss_owner` whoever signs in: every object belongs to the role
 * that nobody can sign in as. Each migration is one transaction of its own.
 *
 * @param adminUrl the database that `bootstrap` answered
 * @returns names of the migrations that were run now, oldest first
 */
export async function migrate(adminUrl: string): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: adminUrl,
    driverOptions: { options: '-c role=kboss_owner' },
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: 1 },
    logger: () => {},
    migrations: {
      path: directory,
      pathTs: directory,
      glob: 'Migration*.ts',
      tableName: 'migration',
      snapshot: false,
      disableForeignKeys: false,
      allOrNothing: false,
    },
  });
  try {
    const executed = await orm.migrator.up();
    return executed.map((migration) => migration.name);
  } finally {
    await orm.close(true);
  }
}
