import { startShared } from './support/shared-servers.ts';

/** Tiers that need PostgreSQL only. */
export default (): Promise<void> => startShared('postgres');
