import type { Driver } from './driver.ts';

/**
 * What our own or the supplier's people open by hand: the work order waits in their list until one of them claims it,
 * opens it and back-fills the access information. There is no machine to ask, so the work order is the truth.
 */
export const manualDriver: Driver = {
  open: () => Promise.resolve({ state: 'pending', waitsFor: 'people' }),
  lookUp: () => Promise.resolve({ state: 'pending', waitsFor: 'people' }),
  close: () => Promise.resolve(),
};
