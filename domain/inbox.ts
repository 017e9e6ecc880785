import type { ChannelNotice } from './payments.messages.ts';

/** Bodies of inbox rows as the relay reads them, by the provider's kind (`alipay/…`, `open-computing/…`). */
export interface AlipayInboxBody extends ChannelNotice {
  rechargeNumber: string;
  fields: Record<string, string>;
}

export interface OpenComputingInboxBody {
  externalName: string;
  state: string;
  occurredAt: string;
}
