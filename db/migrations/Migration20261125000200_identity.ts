import { Migration } from '@mikro-orm/migrations';
import { smsPurposes } from '../../domain/identity/sms-codes.ts';
import { monthPartitions, protect } from './schema.ts';

/** Users, memberships, sessions, codes, keys; audit trail, idempotency keys and the event stream. */
export class Migration20261125000200_identity extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE user_account (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        phone_hash text NOT NULL UNIQUE,
        phone_sealed text NOT NULL,
        phone_masked text NOT NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        password_hash text,
        language text NOT NULL DEFAULT 'zh' CHECK (language IN ('zh', 'en')),
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
        password_changed_at timestamptz,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE membership (
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        user_id uuid NOT NULL REFERENCES user_account (id),
        roles text[] NOT NULL,
        department_id uuid,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'left')),
        joined_at timestamptz NOT NULL,
        PRIMARY KEY (organisation_id, user_id),
        FOREIGN KEY (organisation_id, department_id) REFERENCES department (organisation_id, id)
      );
      CREATE INDEX ON membership (user_id);
      ${protect('membership', { parties: ['organisation_id'], apiScope: 'identity' })}
      CREATE POLICY own ON membership FOR SELECT TO kboss_api USING (user_id = app_user());
      ${protect('user_account', { parties: [], api: 'SELECT, INSERT, UPDATE', apiScope: 'identity' })}
      CREATE POLICY colleague ON user_account FOR SELECT TO kboss_api, kboss_worker
        USING (id = app_user() OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = user_account.id AND m.organisation_id = app_organisation()));

      CREATE TABLE session (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        token_hash text NOT NULL UNIQUE,
        user_id uuid NOT NULL REFERENCES user_account (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        address text NOT NULL,
        agent text NOT NULL
      );
      CREATE INDEX ON session (user_id, created_at);
      ${protect('session', { parties: [], apiScope: 'identity' })}

      CREATE TABLE sms_code (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        phone_hash text NOT NULL,
        -- Wiped once the text is sent; a row that must not be sent (no such account) has neither.
        phone_sealed text,
        code_sealed text,
        -- Whose SMS account sends it.
        seller_id uuid NOT NULL REFERENCES organisation (id),
        purpose text NOT NULL CHECK (purpose IN (${smsPurposes.map((purpose) => `'${purpose}'`).join(', ')})),
        code_hash text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        sent_at timestamptz,
        used_at timestamptz
      );
      CREATE INDEX ON sms_code (phone_hash, purpose, created_at);
      ${protect('sms_code', { parties: [], apiScope: 'identity' })}

      CREATE TABLE rate_limit (
        key text PRIMARY KEY,
        count integer NOT NULL,
        resets_at timestamptz NOT NULL
      );
      ${protect('rate_limit', { parties: [], apiScope: 'identity' })}

      CREATE TABLE ssh_key (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        user_id uuid NOT NULL REFERENCES user_account (id),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        public_key text NOT NULL CHECK (length(public_key) <= 4000),
        fingerprint text NOT NULL,
        created_at timestamptz NOT NULL,
        removed_at timestamptz
      );
      CREATE UNIQUE INDEX ON ssh_key (user_id, fingerprint) WHERE removed_at IS NULL;
      ${protect('ssh_key', { parties: [], api: 'SELECT, INSERT, UPDATE' })}
      CREATE POLICY own ON ssh_key TO kboss_api USING (user_id = app_user()) WITH CHECK (user_id = app_user());

      CREATE TABLE audit_event (
        id uuid NOT NULL DEFAULT uuidv7(),
        at timestamptz NOT NULL DEFAULT now(),
        organisation_id uuid NOT NULL,
        user_id uuid,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        before jsonb,
        after jsonb,
        request_id text,
        address text,
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      ${monthPartitions('audit_event', 2026, 11, 26)}
      CREATE INDEX ON audit_event (organisation_id, at DESC, id);
      ${protect('audit_event', { parties: ['organisation_id'], api: 'SELECT, INSERT', worker: 'SELECT, INSERT' })}
      CREATE POLICY identity_insert ON audit_event FOR INSERT TO kboss_api WITH CHECK (app_scope() = 'identity');

      CREATE TABLE idempotency_key (
        organisation_id uuid NOT NULL,
        user_id uuid NOT NULL,
        key text NOT NULL CHECK (length(key) BETWEEN 8 AND 128),
        operation text NOT NULL,
        body_hash text NOT NULL,
        status integer,
        response jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (organisation_id, key)
      );
      ${protect('idempotency_key', { parties: ['organisation_id'], api: 'SELECT, INSERT, UPDATE' })}

      CREATE TABLE stream_event (
        id bigint GENERATED ALWAYS AS IDENTITY,
        xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
        at timestamptz NOT NULL DEFAULT now(),
        organisation_id uuid NOT NULL,
        topic text NOT NULL,
        payload jsonb NOT NULL,
        PRIMARY KEY (at, id)
      ) PARTITION BY RANGE (at);
      ${monthPartitions('stream_event', 2026, 11, 26)}
      CREATE INDEX ON stream_event (organisation_id, xid, id);
      ${protect('stream_event', { parties: ['organisation_id'], api: 'SELECT, INSERT', worker: 'SELECT, INSERT' })}

      CREATE TABLE inbox (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        provider text NOT NULL,
        external_id text NOT NULL,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        body jsonb NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        processed_at timestamptz,
        outcome text,
        UNIQUE (provider, external_id)
      );
      CREATE INDEX ON inbox (received_at) WHERE processed_at IS NULL;
      ${protect('inbox', { parties: ['organisation_id'], api: 'SELECT, INSERT', worker: 'SELECT, INSERT, UPDATE', apiScope: 'callback' })}
    `);
  }
}
