import { join } from 'node:path';
import { answers, type Children } from './children.ts';
import { demoClusters, demoSignIns, describeClusters, prepareDemo } from './demo.ts';
import type { Foundation } from './foundation.ts';
import { print, step } from './report.ts';
import { buildWeb, webIsOutdated } from './web-build.ts';

/** Where everything is, as printed and as kept in `addresses.json` while it runs. */
export type Addresses = Foundation['addresses'] & { site?: string; sandbox?: string };

/** Demo world, sandbox, clusters, workers, api and site on top of the foundation. */
export async function startApplication(
  state: string,
  foundation: Foundation,
  children: Children,
): Promise<Addresses> {
  const { ports, secrets, addresses } = foundation;
  const site = `http://127.0.0.1:${ports.site.port}`;
  const sandbox = `http://127.0.0.1:${ports.sandbox.port}`;
  const publicUrl = process.env.KBOSS_PUBLIC_URL ?? site;
  const secretKeys = process.env.KBOSS_SECRET_KEYS ?? secrets.secretKeys;
  const common = {
    TEMPORAL_ADDRESS: addresses.temporal,
    TEMPORAL_NAMESPACE: addresses.temporalNamespace,
    TEMPORAL_UI_URL: addresses.temporalUi,
    KBOSS_PUBLIC_URL: publicUrl,
    KBOSS_SECRET_KEYS: secretKeys,
  };
  const start = (
    name: string,
    child: Omit<Parameters<Children['start']>[0], 'name'>,
    at = '',
  ): Promise<void> =>
    step(
      name,
      () => children.start({ name, ...child }),
      () => at,
    );

  const built = webIsOutdated() ? step('web site built', () => buildWeb(state)) : Promise.resolve();
  const clusters = step('Slurm', () => demoClusters(state), describeClusters);
  await ports.sandbox.release();
  await start(
    'sandbox',
    {
      arguments: [
        'test/sandbox/main.ts',
        '--port',
        String(ports.sandbox.port),
        '--state',
        join(state, 'sandbox'),
      ],
      env: {},
      stopOrder: 30,
      isReady: () => answers(`${sandbox}/healthz`),
    },
    `at ${sandbox}`,
  );
  const workers = start('workers', {
    arguments: ['workers/main.ts'],
    env: { ...common, DATABASE_WORKER_URL: foundation.workerDatabaseUrl },
    stopOrder: 20,
  });
  const api = built
    .then(() => ports.site.release())
    .then(() =>
      start(
        'api',
        {
          arguments: ['api/main.ts'],
          env: { ...common, DATABASE_URL: foundation.databaseUrl, KBOSS_PORT: String(ports.site.port) },
          stopOrder: 10,
          isReady: () => answers(`${site}/readyz`),
        },
        `and site at ${site}`,
      ),
    );
  const options = { workerDatabaseUrl: foundation.workerDatabaseUrl, secretKeys, sandbox, publicUrl };
  const demo = clusters.then((there) =>
    step(
      'demo world',
      () => prepareDemo(state, { ...options, clusters: there }),
      (outcome) => outcome,
    ),
  );
  await Promise.all([workers, api, demo]);

  print('');
  print(`  site         ${publicUrl}`);
  print(`  Temporal UI  ${addresses.temporalUi}`);
  print(`  sandbox      ${sandbox}  (cashier, telephones, supplier)`);
  print('');
  for (const line of demoSignIns()) print(`  ${line}`);
  print('');
  return { ...addresses, site, sandbox };
}
