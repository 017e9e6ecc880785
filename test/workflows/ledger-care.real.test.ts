import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { ledgerCareSchedule, ledgerCareWorkflow } from '../../domain/ledger.messages.ts';
import { scheduleLedgerCare } from '../../workers/ledger-care.ts';

let connection: Connection;
let client: Client;
beforeAll(async () => {
  connection = await Connection.connect({ address: process.env.KBOSS_TEST_TEMPORAL_ADDRESS! });
  // Not the namespace of the other tests: worker processes that they start ask for the same schedule.
  client = new Client({ connection, namespace: 'default' });
});
afterAll(async () => {
  await client.schedule.getHandle(ledgerCareSchedule).delete();
  await connection.close();
});

test('every worker that starts asks for the schedule; there is one, and it never overlaps', async () => {
  await Promise.all([scheduleLedgerCare(client, 'nobody.kboss'), scheduleLedgerCare(client, 'nobody.kboss')]);
  await scheduleLedgerCare(client, 'nobody.kboss');
  const { action, policies, spec } = await client.schedule.getHandle(ledgerCareSchedule).describe();
  expect(action).toMatchObject({ workflowType: ledgerCareWorkflow, taskQueue: 'nobody.kboss' });
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 60_000 });
  expect(spec.intervals).toMatchObject([{ every: 60_000 }]);
});
