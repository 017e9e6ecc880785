import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answers, type Children } from './children.ts';
import { demoClusters, describeClusters } from './demo.ts';
import type { Foundation } from './foundation.ts';
import { print, step } from './report.ts';
import { root } from './state-directory.ts';
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
  const site = `http://127.0.0.1:${ports.site}`;
  const sandbox = `http://127.0.0.1:${ports.sandbox}`;
  const environment = {
    KBOSS_PORT: String(ports.site),
    KBOSS_PUBLIC_URL: process.env.KBOSS_PUBLIC_URL ?? site,
    TEMPORAL_ADDRESS: addresses.temporal,
    TEMPORAL_NAMESPACE: addresses.temporalNamespace,
    TEMPORAL_UI_URL: addresses.temporalUi,
    KBOSS_SECRET_KEYS: process.env.KBOSS_SECRET_KEYS ?? secrets.secretKeys,
  };
  const start = (child: Parameters<Children['start']>[0]) => () => children.start(child);

  const built = webIsOutdated()
    ? step(
        'web site built',
        () => buildWeb(state),
        () => '',
      )
    : Promise.resolve();
  const clusters = step('Slurm', () => demoClusters(state), describeClusters);
  const sandboxIsUp = step(
    'sandbox',
    start({
      name: 'sandbox',
      arguments: ['test/sandbox/main.ts'],
      env: { KBOSS_SANDBOX_PORT: String(ports.sandbox), KBOSS_PUBLIC_URL: environment.KBOSS_PUBLIC_URL },
      stopOrder: 30,
      isReady: () => answers(`${sandbox}/healthz`),
    }),
    () => `at ${sandbox}`,
  );
  await Promise.all([built, clusters, sandboxIsUp]);
  print(`${existsSync(join(root, 'web'))}`);
  return { ...addresses, site, sandbox };
}
