import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { median } from '../report.ts';

/** One thing from its beginning to its end; answers the milliseconds that count for the row `time`. */
export type Piece = () => Promise<number>;

/** How much is driven: so many pieces, or whatever begins within so many seconds. */
export type Amount = { pieces: number } | { seconds: number };

/** Seconds after which pieces that have not ended never will. */
const patience = 120;

/**
 * Keeps `inFlight` pieces under way until the amount has begun, then lets them end; the rate is all that ended by the
 * time that all took.
 * @throws Error when pieces are still under way two minutes after the last should have begun
 */
export async function drive(
  piece: Piece,
  inFlight: number,
  amount: Amount,
): Promise<{ rate: number; medianMilliseconds: number }> {
  const begin = performance.now();
  const seconds = 'seconds' in amount ? amount.seconds : 0;
  const pieces = 'pieces' in amount ? amount.pieces : inFlight;
  const times: number[] = [];
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < pieces || performance.now() < begin + seconds * 1_000) {
      begun += 1;
      times.push(await piece());
    }
  };
  const clock = new AbortController();
  const late = delay((seconds + patience) * 1_000, null, { signal: clock.signal }).then(() => {
    throw new Error(`only ${times.length} of ${begun} ended within ${seconds + patience} s`);
  });
  await Promise.race([Promise.all(Array.from({ length: inFlight }, one)), late]).finally(() => {
    clock.abort();
    late.catch(() => {});
  });
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
