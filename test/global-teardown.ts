import { stopShared } from './support/shared-servers.ts';

export default (): Promise<void> => stopShared();
