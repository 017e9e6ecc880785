import type { StateTable } from '../states.ts';

/** A recharge: `unknown` is a state of its own, left only by looking the trade up at the channel. */
export type RechargeState = 'created' | 'pending' | 'succeeded' | 'closed' | 'failed' | 'unknown';

export const rechargeStates: StateTable<RechargeState> = {
  created: ['pending', 'succeeded', 'closed', 'failed', 'unknown'],
  pending: ['succeeded', 'closed', 'failed', 'unknown'],
  unknown: ['pending', 'succeeded', 'closed', 'failed'],
  closed: ['succeeded'],
  succeeded: [],
  failed: [],
};
