import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One project a tier, each a folder of `test/`, with the global setup that starts what the tier needs. */
const setupOf = {
  domain: undefined,
  ledger: 'global-setup.database.ts',
  workflows: 'global-setup.workflows.ts',
  drivers: 'global-setup.drivers.ts',
  gateways: 'global-setup.database.ts',
  api: 'global-setup.ts',
  running: 'global-setup.database.ts',
  faults: 'global-setup.ts',
  e2e: 'global-setup.e2e.ts',
};

const rootDir = import.meta.dirname;

export default {
  projects: Object.entries(setupOf)
    .filter(([tier]) => existsSync(join(rootDir, 'test', tier)))
    .map(([tier, setup]) => ({
      displayName: tier,
      rootDir,
      roots: [`<rootDir>/test/${tier}`],
      testMatch: ['**/*.test.ts'],
      testEnvironment: 'node',
      extensionsToTreatAsEsm: ['.ts'],
      transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
      ...(setup && {
        globalSetup: `<rootDir>/test/${setup}`,
        globalTeardown: `<rootDir>/test/${tier === 'e2e' ? 'global-teardown.e2e.ts' : 'global-teardown.ts'}`,
      }),
    })),
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
