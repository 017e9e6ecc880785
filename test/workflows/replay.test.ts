import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { workflowBundle } from '../../workers/bundle.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';

/**
 * Processes that were recorded before a change must still run after it. Recorded by
 * `KBOSS_RECORD_HISTORIES=test/workflows/histories npm run test:workflows`; a recorded file is kept as long as a
 * process of its time may still be running.
 */
const directory = join(import.meta.dirname, 'histories');
const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
let options: ReplayWorkerOptions;

beforeAll(async () => {
  quietRuntime();
  options = { workflowBundle: await workflowBundle() };
}, 60_000);

const read = (file: string) => historyFromJSON(JSON.parse(readFileSync(join(directory, file), 'utf8')));

describe('recorded processes', () => {
  test.each(files)('%s replays', async (file) => {
    const history = read(file);
    expect(history.events!.length).toBeGreaterThan(5);
    await Worker.runReplayHistory(options, history, file.replace('.json', '').replaceAll('_', '/'));
  });

  test('a history in which another step was taken does not replay', async () => {
    const history = read(files.find((name) => /^order_[^_]+\.json$/.test(name))!);
    const step = history.events!.find((event) => event.activityTaskScheduledEventAttributes);
    step!.activityTaskScheduledEventAttributes!.activityType!.name = 'anotherStep';
    await expect(Worker.runReplayHistory(options, history)).rejects.toThrow(/nondeterminism|determinism/i);
  });
});
