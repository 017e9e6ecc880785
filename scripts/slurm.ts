import { readRecords, isAlive } from './servers/process-table.ts';
import { removeSlurm, startSlurm, stopSlurm } from './servers/slurm.ts';

/** `npm run slurm -- up|down|status|remove [state directory]`: the demo clusters alone, for operators. */
const [command = 'status', stateDirectory = '.kboss/state'] = process.argv.slice(2);

const commands: Record<string, () => Promise<void>> = {
  up: async () => {
    const began = performance.now();
    const servers = await startSlurm({ stateDirectory });
    if ('unavailable' in servers) {
      console.log(`Slurm cannot run here: ${servers.unavailable}.\nTry: ${servers.command}`);
      process.exitCode = 1;
      return;
    }
    const { adopted, version, isolated, reason, clusters } = servers;
    console.log(`Slurm ${version} ${adopted ? 'was running' : `up in ${seconds(began)}`}`);
    console.log(
      isolated ? 'behind a network namespace of its own' : `WITHOUT a namespace of its own: ${reason}`,
    );
    for (const { name, host, port, uidRange } of clusters) {
      console.log(`  ${name}: ssh -p ${port} LOGIN@${host}, user ids ${uidRange.from}-${uidRange.to}`);
    }
  },
  down: () => stopSlurm(stateDirectory),
  remove: () => removeSlurm(stateDirectory),
  status: () => {
    const records = readRecords(`${stateDirectory}/run`).filter((record) => record.name.startsWith('slurm-'));
    for (const record of records)
      console.log(`${isAlive(record) ? 'up  ' : 'gone'} ${record.pid} ${record.name}`);
    if (records.length === 0) console.log('no demo clusters are running');
    return Promise.resolve();
  },
};

const run = commands[command];
if (run) await run();
else {
  console.error(`unknown command ${command}: up, down, status or remove`);
  process.exitCode = 2;
}

function seconds(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
