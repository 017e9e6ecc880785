import { activityInfo, ApplicationFailure } from '@temporalio/activity';
import type { Database } from '../db/database.ts';
import { markSmsSent, readSmsDelivery, type SmsDelivery } from '../db/identity/sms-delivery.ts';
import type { SecretBox } from '../db/secrets.ts';
import { assertGatewayUrl } from '../domain/configuration.ts';
import type { SmsCodeInput } from '../domain/notifications.messages.ts';
import { lookUpSms, sendSms } from './gateways/sms-aliyun.ts';

export interface SmsActivities {
  /** Sends a code once; the failure of a definite refusal carries the channel's code. */
  sendSmsCode(input: SmsCodeInput): Promise<void>;
}

/** The activities of queue `gateway-sms`. */
export function createSmsActivities(services: {
  database: Database;
  secrets: SecretBox;
  production: boolean;
}): SmsActivities {
  const { database, secrets, production } = services;
  return {
    async sendSmsCode({ codeId }) {
      const delivery = await database.asSystem('sms', (em) => readSmsDelivery(em, secrets, codeId), {
        readOnly: true,
      });
      if (!delivery) return;
      assertGatewayUrl(production, delivery.binding.endpoint);
      const wasTaken = activityInfo().attempt > 1 && (await hasChannelTaken(delivery, codeId));
      if (!wasTaken) await send(delivery, codeId);
      await database.asSystem('sms', (em) => markSmsSent(em, codeId, new Date()));
    },
  };
}

async function send(delivery: SmsDelivery, codeId: string): Promise<void> {
  const result = await sendSms(delivery.binding, {
    phone: delivery.phone.reveal(),
    templateCode: delivery.templateCode,
    parameters: { code: delivery.code.reveal() },
    outId: codeId,
  });
  if (result.outcome === 'rejected') {
    throw ApplicationFailure.nonRetryable(`Aliyun refuses: ${result.code}`, 'SMS_REFUSED', {
      code: result.code,
    });
  }
  if (result.outcome === 'unknown') throw new Error(`outcome unknown: ${result.code}`);
}

/** After a try whose outcome is unknown: whether the channel has the text under our id. */
async function hasChannelTaken(delivery: SmsDelivery, codeId: string): Promise<boolean> {
  const result = await lookUpSms(delivery.binding, {
    phone: delivery.phone.reveal(),
    outId: codeId,
    sentOn: delivery.createdAt,
  });
  if (result.outcome !== 'accepted') throw new Error(`look-up: ${result.outcome} ${result.code}`);
  return result.value.state !== 'absent';
}
