/**
 * Starts the demo clusters in a process of its own, since their tools are waited for and would hold up the
 * supervisor: `node scripts/start/slurm-process.ts STATE_DIRECTORY`. Sends what `startSlurm` answers.
 */
import { startSlurm } from '../servers/slurm.ts';

const stateDirectory = process.argv[2];
if (!stateDirectory || !process.send) throw new Error('state directory and channel are needed');
process.send(await startSlurm({ stateDirectory }));
process.disconnect();
