import type { EntityManager } from '@mikro-orm/postgresql';
import type { Secret, SecretBox } from '../secrets.ts';
import type { AliyunSmsBinding } from '../../domain/notifications/bindings.ts';

export interface SmsDelivery {
  phone: Secret;
  code: Secret;
  binding: AliyunSmsBinding;
  templateCode: string;
  createdAt: Date;
}

interface Row {
  phone_sealed: string | null;
  code_sealed: string | null;
  created_at: Date;
  binding_id: string | null;
  endpoint: string;
  access_key_id: string;
  access_key_secret_sealed: string;
  sign_name: string;
  templates: Record<string, string>;
}

/**
 * What is needed to send a code: through the seller's own SMS account, else the platform's. Null when there is nothing
 * (any more) to send.
 * @throws Error when neither has an SMS account
 */
export async function readSmsDelivery(
  em: EntityManager,
  secrets: SecretBox,
  codeId: string,
): Promise<SmsDelivery | null> {
  const [row] = await em.execute<Row[]>(
    `select c.phone_sealed, c.code_sealed, c.created_at, b.id as binding_id, b.endpoint, b.access_key_id,
            b.access_key_secret_sealed, b.sign_name, b.templates
       from sms_code c
       left join lateral (
         select b.* from sms_binding b join organisation o on o.id = b.organisation_id
          where b.state = 'active' and (b.organisation_id = c.seller_id or o.kind = 'platform')
          order by (b.organisation_id = c.seller_id) desc limit 1
       ) b on true
      where c.id = ?`,
    [codeId],
  );
  if (!row?.phone_sealed || !row.code_sealed) return null;
  if (!row.binding_id) throw new Error('neither the seller nor the platform has an SMS account');
  const open = (table: string, column: string, id: string, sealed: string): Secret =>
    secrets.open(sealed, { table, column, id });
  return {
    phone: open('sms_code', 'phone_sealed', codeId, row.phone_sealed),
    code: open('sms_code', 'code_sealed', codeId, row.code_sealed),
    binding: {
      endpoint: row.endpoint,
      accessKeyId: row.access_key_id,
      accessKeySecret: open(
        'sms_binding',
        'access_key_secret_sealed',
        row.binding_id,
        row.access_key_secret_sealed,
      ).reveal(),
      signName: row.sign_name,
    },
    templateCode: row.templates.verification ?? '',
    createdAt: new Date(row.created_at),
  };
}

/** Wipes what was needed to send a code; only the hash for comparison stays. */
export async function markSmsSent(em: EntityManager, codeId: string, at: Date): Promise<void> {
  await em.execute('update sms_code set sent_at = ?, code_sealed = null, phone_sealed = null where id = ?', [
    at,
    codeId,
  ]);
}
