import { startSlurm, type SlurmServers, type SlurmUnavailable } from '../servers/slurm.ts';
import { say } from './report.ts';

/** The demo clusters, or why there are none: the rest of the product works without. */
export async function demoClusters(state: string): Promise<SlurmServers | SlurmUnavailable> {
  try {
    return await startSlurm({ stateDirectory: state });
  } catch (error) {
    return { unavailable: (error as Error).message, command: 'npm run doctor' };
  }
}

/** What to say of them in the line of the step. */
export function describeClusters(clusters: SlurmServers | SlurmUnavailable): string {
  if ('unavailable' in clusters) {
    say(`no demo clusters: ${clusters.unavailable}`);
    say(`their pool is shown as 未纳管; to have them: ${clusters.command}`);
    return 'not managed';
  }
  const names = clusters.clusters.map((cluster) => cluster.name).join(' and ');
  return `${clusters.version}, ${names}${clusters.isolated ? ', in a network of their own' : ''}`;
}
