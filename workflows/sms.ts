import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { SmsActivities } from '../activities/sms.ts';
import type { SmsCodeInput } from '../domain/notifications.messages.ts';
import { besideQueue } from '../domain/task-queues.ts';

/**
 * `sms/ID`: sends one code. Another try first looks the text up at the channel by our id, so that nobody gets two; a
 * code that could not be sent in its life is given up, and the person asks for another.
 */
export async function smsCode({ codeId }: SmsCodeInput): Promise<void> {
  const { sendSmsCode } = proxyActivities<SmsActivities>({
    taskQueue: besideQueue(workflowInfo().taskQueue, 'gateway-sms'),
    startToCloseTimeout: '20s',
    scheduleToCloseTimeout: '4 minutes',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20s' },
    summary: 'Send the code through the seller’s SMS account',
  });
  await sendSmsCode({ codeId });
}
