import { Migration } from '@mikro-orm/migrations';
import { rechargeStates } from '../../domain/payments/states.ts';
import { protect, stateColumn } from './schema.ts';

/** Payment and SMS bindings of organisations, recharges and their history. */
export class Migration20261125000500_payments extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE payment_binding (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        channel text NOT NULL CHECK (channel IN ('alipay')),
        app_id text NOT NULL,
        merchant_id text NOT NULL,
        gateway_url text NOT NULL,
        channel_public_key text NOT NULL,
        private_key_sealed text NOT NULL,
        callback_code text NOT NULL UNIQUE,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX ON payment_binding (organisation_id, channel) WHERE state = 'active';
      ${protect('payment_binding', { parties: ['organisation_id'], apiScope: 'callback' })}

      CREATE TABLE sms_binding (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        channel text NOT NULL CHECK (channel IN ('aliyun')),
        endpoint text NOT NULL,
        access_key_id text NOT NULL,
        access_key_secret_sealed text NOT NULL,
        sign_name text NOT NULL,
        templates jsonb NOT NULL,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX ON sms_binding (organisation_id, channel) WHERE state = 'active';
      ${protect('sms_binding', { parties: ['organisation_id'] })}

      CREATE TABLE recharge (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        customer_id uuid NOT NULL REFERENCES organisation (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        user_id uuid NOT NULL REFERENCES user_account (id),
        amount bigint NOT NULL CHECK (amount > 0),
        channel text NOT NULL CHECK (channel IN ('alipay')),
        binding_id uuid NOT NULL REFERENCES payment_binding (id),
        ${stateColumn(rechargeStates)},
        order_number text,
        trade_number text,
        pay_url text,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        UNIQUE (binding_id, trade_number)
      );
      CREATE INDEX ON recharge (customer_id, created_at DESC, id);
      CREATE INDEX ON recharge (seller_id, created_at DESC, id);
      ${protect('recharge', { parties: ['customer_id', 'seller_id'], api: 'SELECT', apiScope: 'callback' })}

      CREATE TABLE recharge_event (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        recharge_id uuid NOT NULL REFERENCES recharge (id),
        customer_id uuid NOT NULL,
        seller_id uuid NOT NULL,
        from_state text,
        to_state text NOT NULL,
        actor text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON recharge_event (recharge_id, at);
      ${protect('recharge_event', { parties: ['customer_id', 'seller_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}

      -- Messages to a customer or to staff (站内信), written with the event that caused them.
      CREATE TABLE message (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        key text NOT NULL,
        kind text NOT NULL,
        details jsonb NOT NULL DEFAULT '{}',
        link text,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        UNIQUE (organisation_id, key)
      );
      CREATE INDEX ON message (organisation_id, created_at DESC, id);
      ${protect('message', { parties: ['organisation_id'], api: 'SELECT, UPDATE' })}
    `);
  }
}
