import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    'public-url': { type: 'string' },
    state: { type: 'string' },
  },
});
const sandbox = await startSandbox({
  port: Number(values.port),
  host: values.host,
  ...(values['public-url'] === undefined ? {} : { publicUrl: values['public-url'] }),
  ...(values.state === undefined ? {} : { stateDirectory: values.state }),
});
console.log(`sandbox ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
}
