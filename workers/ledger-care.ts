import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { ledgerCareSchedule, ledgerCareWorkflow } from '../domain/ledger.messages.ts';

/** Has the books cared for every minute; a schedule that is there already is left as its operators set it. */
export async function scheduleLedgerCare(client: Client, taskQueue = 'kboss'): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: ledgerCareSchedule,
      spec: { intervals: [{ every: '1 minute' }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: ledgerCareWorkflow,
        workflowId: ledgerCareSchedule,
        taskQueue,
        args: [],
        staticSummary: 'Number vouchers and check the books',
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
