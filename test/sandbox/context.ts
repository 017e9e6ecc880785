import type { Faults } from './faults.ts';
import type { Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';

/** What every part of the sandbox works on. */
export interface Sandbox {
  store: Store;
  scheduler: Scheduler;
  faults: Faults;
  /** http://host:port of this sandbox. */
  url(): string;
}
