import dysms from '@alicloud/dysmsapi20170525';
import { Config } from '@alicloud/openapi-client';
import type { AliyunSmsBinding } from '../../domain/notifications/bindings.ts';
import type { GatewayOutcome } from '../../domain/outcomes.ts';
import { civilDate } from '../../domain/time.ts';

export interface SmsRequest {
  /** One mainland mobile number. */
  phone: string;
  templateCode: string;
  /** Values of the template's named variables. */
  parameters: Record<string, string>;
  /** Our id of this message, by which an unknown outcome is looked up. */
  outId: string;
}

const { default: Client, SendSmsRequest, QuerySendDetailsRequest } = dysms;

/**
 * The SDK makes no retry of its own: after a lost answer a second text would go out. `bizId` is Aliyun's receipt
 * number. A refusal by limit, template or signature is HTTP 200 with a code, which the SDK does not throw.
 */
export async function sendSms(
  binding: AliyunSmsBinding,
  request: SmsRequest,
): Promise<GatewayOutcome<{ bizId: string }>> {
  return settle(async () => {
    const { body } = await clientFor(binding).sendSms(
      new SendSmsRequest({
        phoneNumbers: request.phone,
        signName: binding.signName,
        templateCode: request.templateCode,
        templateParam: JSON.stringify(request.parameters),
        outId: request.outId,
      }),
    );
    return verdict(body, () => (body?.bizId ? { bizId: body.bizId } : null));
  });
}

/**
 * How a text stands, by our own id: `absent` means that Aliyun never took it. `sentOn` is any instant of the (Shanghai)
 * day of sending.
 */
export async function lookUpSms(
  binding: AliyunSmsBinding,
  query: { phone: string; outId: string; sentOn: Date },
): Promise<GatewayOutcome<{ state: 'absent' | 'sending' | 'delivered' | 'failed'; failure?: string }>> {
  return settle(async () => {
    const { body } = await clientFor(binding).querySendDetails(
      new QuerySendDetailsRequest({
        phoneNumber: query.phone,
        sendDate: civilDate(query.sentOn).replaceAll('-', ''),
        pageSize: 50,
        currentPage: 1,
      }),
    );
    return verdict(body, () => {
      const details = body?.smsSendDetailDTOs?.smsSendDetailDTO ?? [];
      const ours = details.find((detail) => detail.outId === query.outId);
      if (!ours) return { state: 'absent' };
      if (ours.sendStatus === 2) return { state: 'failed', failure: ours.errCode ?? '' };
      return { state: ours.sendStatus === 3 ? 'delivered' : 'sending' };
    });
  });
}

function clientFor(binding: AliyunSmsBinding): InstanceType<typeof Client> {
  const url = new URL(binding.endpoint);
  return new Client(
    new Config({
      accessKeyId: binding.accessKeyId,
      accessKeySecret: binding.accessKeySecret,
      endpoint: url.host,
      protocol: url.protocol.slice(0, -1),
      connectTimeout: 5_000,
      readTimeout: 10_000,
    }),
  );
}

function verdict<Value>(
  body: { code?: string; message?: string } | undefined,
  read: () => Value | null,
): GatewayOutcome<Value> {
  if (body?.code === 'OK') {
    const value = read();
    if (value !== null) return { outcome: 'accepted', value };
  } else if (body?.code && !body.code.startsWith('isp.SYSTEM_ERROR')) {
    return { outcome: 'rejected', code: body.code, message: body.message ?? '' };
  }
  return { outcome: 'unknown', code: body?.code ?? 'UNREADABLE_ANSWER', message: body?.message ?? '' };
}

/** 4xx with a code and throttling are definite; a time-out, a broken connection or a 5xx is not. */
async function settle<Value>(call: () => Promise<GatewayOutcome<Value>>): Promise<GatewayOutcome<Value>> {
  try {
    return await call();
  } catch (error) {
    const { statusCode, code } = error as { statusCode?: number; code?: string };
    const message = error instanceof Error ? error.message : String(error);
    const isDefinite = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
    return isDefinite && code && code !== 'undefined'
      ? { outcome: 'rejected', code, message }
      : { outcome: 'unknown', code: 'NO_VALID_ANSWER', message };
  }
}
