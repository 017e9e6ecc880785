import { lookUpSms, sendSms } from './gateways/sms-aliyun.ts';
import { assertGatewayUrl } from '../domain/configuration.ts';
import { markSmsSent, readSmsDelivery } from '../db/identity/sms-delivery.ts';
import { writeMessage, type Message } from '../db/notifications/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { typed } from './failures.ts';

/** Telling people; messages are written once a key. */
export interface NotificationActivities {
  tell(message: Message): Promise<void>;
}

export type SmsOutcome = { outcome: 'sent' | 'nothing-to-send' | 'refused' | 'unknown'; code: string };

/** Calls to the SMS gateway; one try is one answer, `unknown` is looked up before another try. */
export interface SmsActivities {
  sendSmsCode(code: { codeId: string; at: string }): Promise<SmsOutcome>;
  lookUpSmsCode(code: { codeId: string; at: string }): Promise<SmsOutcome | { outcome: 'absent'; code: '' }>;
}

export function createNotificationActivities({ database }: Dependencies): NotificationActivities {
  return typed<NotificationActivities>({
    tell: (message: Message) => database.asSystem('order-process', (em) => writeMessage(em, message)),
  });
}

export function createSmsActivities({ database, secrets, production }: Dependencies): SmsActivities {
  const delivery = (codeId: string) =>
    database.asSystem('sms', (em) => readSmsDelivery(em, secrets, codeId), { readOnly: true });
  const markSent = (codeId: string, at: string): Promise<void> =>
    database.asSystem('sms', (em) => markSmsSent(em, codeId, new Date(at)));
  return typed<SmsActivities>({
    async sendSmsCode({ codeId, at }: { codeId: string; at: string }): Promise<SmsOutcome> {
      const found = await delivery(codeId);
      if (!found) return { outcome: 'nothing-to-send', code: '' };
      assertGatewayUrl(production, found.binding.endpoint);
      const answer = await sendSms(found.binding, {
        phone: found.phone.reveal(),
        templateCode: found.templateCode,
        parameters: { code: found.code.reveal() },
        outId: codeId,
      });
      if (answer.outcome === 'unknown') return { outcome: 'unknown', code: answer.code };
      await markSent(codeId, at);
      return answer.outcome === 'accepted'
        ? { outcome: 'sent', code: '' }
        : { outcome: 'refused', code: answer.code };
    },

    async lookUpSmsCode({ codeId, at }: { codeId: string; at: string }) {
      const found = await delivery(codeId);
      if (!found) return { outcome: 'nothing-to-send' as const, code: '' };
      const query = { phone: found.phone.reveal(), outId: codeId, sentOn: found.createdAt };
      const answer = await lookUpSms(found.binding, query);
      if (answer.outcome !== 'accepted') return { outcome: 'unknown' as const, code: answer.code };
      if (answer.value.state === 'absent') return { outcome: 'absent' as const, code: '' as const };
      await markSent(codeId, at);
      return { outcome: 'sent' as const, code: '' };
    },
  });
}
