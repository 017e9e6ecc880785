import { startShared } from './support/shared-servers.ts';

/** Workflow tests: time-skipping server for single processes, the real one for schedules and lists. */
export default (): Promise<void> => startShared('postgres', 'temporal', 'time-skipping');
