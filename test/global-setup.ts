import { startShared } from './support/shared-servers.ts';

/** Tiers that need everything: api, gateways, running. */
export default (): Promise<void> => startShared('postgres', 'temporal');
