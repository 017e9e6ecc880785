import type { Client } from '@temporalio/client';
import { median } from '../report.ts';

/** One thing from its beginning to its end; answers the milliseconds that count for the row `time`. */
export type Piece = () => Promise<number>;

/**
 * Keeps `inFlight` pieces under way for `seconds`, then lets them end; the rate is all that ended by the time that all
 * took.
 */
export async function drive(
  piece: Piece,
  inFlight: number,
  seconds: number,
): Promise<{ rate: number; medianMilliseconds: number }> {
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  const times: number[] = [];
  const one = async (): Promise<void> => {
    do times.push(await piece());
    while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  const elapsed = (performance.now() - begin) / 1_000;
  return { rate: times.length / elapsed, medianMilliseconds: median(times) };
}

/** What one process cost the server: events of its history, activities, local activities. */
export async function costOf(
  client: Client,
  workflowIds: readonly string[],
): Promise<{ events: number; activities: number; localActivities: number }> {
  const cost = { events: 0, activities: 0, localActivities: 0 };
  for (const workflowId of workflowIds) {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    for (const event of events ?? []) {
      cost.events += 1;
      if (event.activityTaskScheduledEventAttributes) cost.activities += 1;
      if (event.markerRecordedEventAttributes) cost.localActivities += 1;
    }
  }
  return cost;
}
