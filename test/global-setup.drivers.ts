import { startShared } from './support/shared-servers.ts';

/** Drivers talk to real clusters; what suppliers call back lands in PostgreSQL. */
export default (): Promise<void> => startShared('postgres', 'slurm');
