import { ActivityFailure, sleep } from '@temporalio/workflow';
import type { SmsCodeInput } from '../domain/notifications.messages.ts';
import { now } from './clock.ts';
import { stages } from './stage.ts';
import { smsSteps } from './steps.ts';

/** A code lives five minutes: after that nobody waits for it. */
const tries = 6;

/** Sends one SMS code. A lost answer is looked up by our own id first, so that no second text goes out. */
export async function smsCode({ codeId }: SmsCodeInput): Promise<{ outcome: string }> {
  const stage = stages('SMS code', { No: codeId });
  const sms = smsSteps();
  stage({ Stage: 'sending', WaitsFor: 'sms', stands: 'The code is written.', waits: 'the SMS gateway' });
  let answer = await settled(sms.sendSmsCode({ codeId, at: now() }));
  for (let look = 1; look < tries && ['unknown', 'absent'].includes(answer.outcome); look += 1) {
    if (answer.outcome === 'absent') answer = await settled(sms.sendSmsCode({ codeId, at: now() }));
    else {
      await sleep('10s', { summary: 'Look the text up: the answer was lost' });
      answer = await settled(sms.lookUpSmsCode({ codeId, at: now() }));
    }
  }
  stage({
    Stage: answer.outcome,
    NeedsAttention: answer.outcome === 'refused',
    stands: `${answer.outcome} ${answer.code}`.trim(),
  });
  return { outcome: answer.outcome };
}

/** A try that ended without an answer is one whose outcome nobody knows. */
async function settled(
  attempt: Promise<{ outcome: string; code: string }>,
): Promise<{ outcome: string; code: string }> {
  try {
    return await attempt;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { outcome: 'unknown', code: 'NO_ANSWER' };
  }
}
