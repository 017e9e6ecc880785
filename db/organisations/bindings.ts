import type { EntityManager } from '@mikro-orm/postgresql';

export interface PaymentBindingRow {
  id: string;
  channel: 'alipay';
  appId: string;
  merchantId: string;
  gatewayUrl: string;
  callbackCode: string;
  state: 'active' | 'suspended';
  createdAt: Date;
}

export interface SmsBindingRow {
  id: string;
  channel: 'aliyun';
  accessKeyId: string;
  endpoint: string;
  signName: string;
  state: 'active' | 'suspended';
  createdAt: Date;
}

/** Merchant accounts of an organisation, the active ones first; sealed keys stay where they are. */
export function listPaymentBindings(em: EntityManager, organisationId: string): Promise<PaymentBindingRow[]> {
  return em.execute<PaymentBindingRow[]>(
    `select id, channel, app_id as "appId", merchant_id as "merchantId", gateway_url as "gatewayUrl",
       callback_code as "callbackCode", state, created_at as "createdAt"
     from payment_binding where organisation_id = ? order by state, created_at desc, id limit 100`,
    [organisationId],
  );
}

/** SMS accounts of an organisation, the active ones first. */
export function listSmsBindings(em: EntityManager, organisationId: string): Promise<SmsBindingRow[]> {
  return em.execute<SmsBindingRow[]>(
    `select id, channel, access_key_id as "accessKeyId", endpoint, sign_name as "signName", state,
       created_at as "createdAt"
     from sms_binding where organisation_id = ? order by state, created_at desc, id limit 100`,
    [organisationId],
  );
}
