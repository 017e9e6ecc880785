import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ledgerCareWorkflow } from '../../domain/ledger.messages.ts';
import { aTimeSkippingServer, type TimeSkipping } from '../support/time-skipping.ts';

let server: TimeSkipping;
beforeAll(async () => {
  server = await aTimeSkippingServer();
}, 60_000);
afterAll(() => server?.close());

test('every book is numbered, then the checks run, and who keeps a parked book is told', async () => {
  const calls: string[] = [];
  const fakes = {
    listBooks: async () => ['a', 'b'],
    numberVouchers: async ({ organisation }: { organisation: string }) => {
      calls.push(`numbered ${organisation}`);
      return 2;
    },
    checkBooks: async () => {
      calls.push('checked');
      return [{ organisation: 'b', check: 'C1', violation: 'off by 1' }];
    },
    tell: async ({ organisationId, kind }: { organisationId: string; kind: string }) => {
      calls.push(`told ${organisationId} ${kind}`);
    },
  };
  const result = await server.run(fakes, (taskQueue) =>
    server.client.workflow.execute(ledgerCareWorkflow, { taskQueue, workflowId: 'ledger-care', args: [] }),
  );
  expect(result).toEqual({ numbered: 4, broken: 1 });
  expect(calls.slice(0, 2).sort()).toEqual(['numbered a', 'numbered b']);
  expect(calls.slice(2)).toEqual(['checked', 'told b book-parked']);
});
