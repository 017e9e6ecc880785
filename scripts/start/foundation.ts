import { bootstrap } from '../../db/bootstrap.ts';
import { connectionUrl } from '../../db/connection-url.ts';
import { migrate } from '../../db/migrate.ts';
import { holdPort } from '../servers/ports.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startTemporal } from '../servers/temporal.ts';
import type { KeptServer } from './keep-servers.ts';
import { choosePorts, type Ports } from './ports.ts';
import { say, step } from './report.ts';
import { readSecrets, type Secrets } from './secrets.ts';

/** Everything below our own processes, up and prepared. */
export interface Foundation {
  ports: Ports;
  secrets: Secrets;
  databaseAdminUrl: string;
  databaseUrl: string;
  workerDatabaseUrl: string;
  /** Servers of our own, to be started again when they end unasked. */
  kept: KeptServer[];
  addresses: { databaseAdminUrl: string; temporal: string; temporalNamespace: string; temporalUi: string };
}

/**
 * PostgreSQL (DATABASE_ADMIN_URL, else embedded) and Temporal (TEMPORAL_ADDRESS, else found or built) side by
 * side, then roles, database and schema.
 */
export async function startServers(state: string): Promise<Foundation> {
  const secrets = readSecrets(state);
  const wishedSite = process.env.KBOSS_PORT ? Number(process.env.KBOSS_PORT) : undefined;
  const ports = await choosePorts(state, process.env.KBOSS_HOST ?? '127.0.0.1', wishedSite);
  const named = process.env.DATABASE_ADMIN_URL;
  if (!named && process.env.DATABASE_URL) {
    throw new Error(
      'DATABASE_URL is set without DATABASE_ADMIN_URL, which `npm start` needs to prepare the database.',
    );
  }
  // Both are chosen while the others are held: side by side, one would be given the port that the other just let go.
  const postgresPort = await holdPort(0);
  const temporalPort = await holdPort(0);
  const [serverUrl, temporal] = await Promise.all([
    step(
      'PostgreSQL',
      async () => {
        await postgresPort.release();
        return named ?? (await startPostgres({ stateDirectory: state, port: postgresPort.port })).adminUrl;
      },
      place,
    ),
    step(
      'Temporal',
      async () => {
        await temporalPort.release();
        await ports.temporalUi.release();
        const { port } = temporalPort;
        return startTemporal({ stateDirectory: state, port, uiPort: ports.temporalUi.port, say });
      },
      (server) => `at ${server.address}${server.adopted ? ', was running' : ''}`,
    ),
  ]);
  const database = named ? decodeURIComponent(new URL(named).pathname.slice(1)) || 'kboss' : 'kboss';
  const databaseAdminUrl = await step(
    'roles and schema',
    async () => {
      const url = await bootstrap(serverUrl, database, secrets.roles);
      const executed = await migrate(url);
      if (executed.length > 0) say(`${executed.length} migrations applied`);
      return url;
    },
    () => '',
  );
  const as = (user: 'kboss_api' | 'kboss_worker'): string =>
    connectionUrl(databaseAdminUrl, { user, password: secrets.roles[user] });
  return {
    ports,
    secrets,
    databaseAdminUrl,
    databaseUrl: as('kboss_api'),
    workerDatabaseUrl: as('kboss_worker'),
    kept: keptServers(state, ports, serverUrl, temporal.address),
    addresses: {
      databaseAdminUrl,
      temporal: temporal.address,
      temporalNamespace: temporal.namespace,
      temporalUi: temporal.uiUrl,
    },
  };
}

function place(url: string): string {
  return `at ${new URL(url).host}`;
}

function keptServers(state: string, ports: Ports, databaseUrl: string, temporal: string): KeptServer[] {
  const kept: KeptServer[] = [];
  if (!process.env.DATABASE_ADMIN_URL) {
    const port = Number(new URL(databaseUrl).port);
    kept.push({ name: 'postgres', startAgain: () => startPostgres({ stateDirectory: state, port }) });
  }
  if (!process.env.TEMPORAL_ADDRESS) {
    const port = Number(temporal.split(':').at(-1));
    const startAgain = () => startTemporal({ stateDirectory: state, port, uiPort: ports.temporalUi.port });
    kept.push({ name: 'temporal', startAgain });
  }
  return kept;
}
