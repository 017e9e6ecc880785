import { ParentClosePolicy, proxyActivities, startChild, workflowInfo } from '@temporalio/workflow';
import type { Noop } from './yardstick.ts';

const { noop } = proxyActivities<Noop>({ startToCloseTimeout: '10s' });

/**
 * The fixed yardstick of `bench:order`: one parent, one child, eight activities that do nothing, four in each. It is
 * never changed, so that figures of different days can be compared.
 */
export async function yardstick(): Promise<void> {
  for (let step = 0; step < 4; step += 1) await noop();
  const child = await startChild(yardstickChild, {
    workflowId: `${workflowInfo().workflowId}/1`,
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
  await child.result();
}

export async function yardstickChild(): Promise<void> {
  for (let step = 0; step < 4; step += 1) await noop();
}
