import { join } from 'node:path';
import { openDatabase } from '../../db/database.ts';
import { secretBox } from '../../db/secrets.ts';
import { openLedger } from '../../db/ledger/ledger.ts';
import { seedBooks } from '../../db/seeds/books.ts';
import { isSeeded, refreshDemo, seedDemo } from '../../db/seeds/demo.ts';
import { demoOrganisations, demoPassword } from '../../db/seeds/organisations.ts';
import { moveSandbox } from '../../db/seeds/sandbox-address.ts';
import { ensurePackages, systemPackages } from '../install-packages.ts';
import { spawnServer } from '../servers/process-table.ts';
import type { SlurmServers, SlurmUnavailable } from '../servers/slurm.ts';
import { keepOutside, keptOutside, openOutside, slurmPools } from './outside.ts';
import { say } from './report.ts';
import { root } from './state-directory.ts';

/** What is known of the clusters where they were started in another process. */
export type DemoClusters = Omit<SlurmServers, 'stop'> | SlurmUnavailable;

/** The demo clusters, or why there are none: the rest of the product works without. */
export async function demoClusters(state: string): Promise<DemoClusters> {
  if (process.getuid?.() === 0) await ensurePackages(systemPackages.demo, join(state, 'log', 'apt.log'), say);
  const logFile = join(state, 'log', 'clusters-start.log');
  const { child } = spawnServer({
    name: 'clusters-start',
    command: process.execPath,
    arguments: ['--disable-warning=ExperimentalWarning', 'scripts/start/slurm-process.ts', state],
    cwd: root,
    env: process.env,
    logFile,
    runDirectory: join(state, 'run'),
    stopOrder: 5,
    channel: true,
  });
  return new Promise((resolve) => {
    child.once('message', (message) => resolve(message as DemoClusters));
    const help = 'npm run doctor';
    child.once('error', (error) => resolve({ unavailable: error.message, command: help }));
    child.once('exit', () => resolve({ unavailable: `they did not start, see ${logFile}`, command: help }));
  });
}

/** What to say of them in the line of the step. */
export function describeClusters(clusters: DemoClusters): string {
  if ('unavailable' in clusters) {
    say(`no demo clusters: ${clusters.unavailable}`);
    say(`their pools are shown as 未纳管; to have them: ${clusters.command}`);
    return 'not managed';
  }
  const names = clusters.clusters.map((cluster) => cluster.name).join(' and ');
  if (!clusters.isolated)
    say(`the clusters share our network and users: ${clusters.reason ?? 'no namespaces'}`);
  return `${clusters.version}, ${names}${clusters.isolated ? ', behind a fence' : ''}`;
}

/** Makes the demo world at the first start; later tells it where clusters, sandbox and site are now. */
export async function prepareDemo(
  state: string,
  options: {
    workerDatabaseUrl: string;
    secretKeys: string;
    sandbox: string;
    publicUrl: string;
    clusters: DemoClusters;
  },
): Promise<'made' | 'as it was'> {
  const { sandbox, publicUrl } = options;
  const database = await openDatabase(options.workerDatabaseUrl, 2);
  const ledger = openLedger(options.workerDatabaseUrl);
  const secrets = secretBox(options.secretKeys);
  const slurm = slurmPools(options.clusters);
  try {
    if (!(await isSeeded(database))) {
      const outside = await openOutside(sandbox);
      await seedDemo(database, secrets, { ...outside, slurm, publicUrl }, new Date());
      keepOutside(state, { sandbox, supplier: outside.supplier });
      await seedBooks(database, ledger);
      return 'made';
    }
    await seedBooks(database, ledger);
    const kept = keptOutside(state);
    if (!kept) return 'as it was';
    const supplier = { ...kept.supplier, baseUrl: kept.supplier.baseUrl.replace(kept.sandbox, sandbox) };
    await refreshDemo(database, secrets, { slurm, publicUrl, supplier });
    if (kept.sandbox !== sandbox) {
      await moveSandbox(database, kept.sandbox, sandbox);
      keepOutside(state, { sandbox, supplier });
    }
    return 'as it was';
  } finally {
    await ledger.close();
    await database.close();
  }
}

/** Sign-ins of the demo, a line an organisation: whom it has, with what roles. */
export function demoSignIns(): string[] {
  const lines = demoOrganisations.map(({ name, people }) => {
    const signIns = people.map(({ phone, roles }) => `${phone} ${roles.join('+')}`);
    return `${name}: ${signIns.join(', ')}`;
  });
  return [`sign in with a telephone number and ${demoPassword}`, ...lines];
}
