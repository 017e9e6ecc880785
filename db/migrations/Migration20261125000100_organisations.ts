import { Migration } from '@mikro-orm/migrations';
import { protect } from './schema.ts';

/** Organisations, the people's places in them, storefronts and customers' files. */
export class Migration20261125000100_organisations extends Migration {
  override up(): void {
    this.addSql(`
      CREATE FUNCTION app_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('app.organisation', true), '')::uuid $$;
      CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('app.user', true), '')::uuid $$;
      CREATE FUNCTION app_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(current_setting('app.scope', true), '') $$;

      CREATE TABLE organisation (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        kind text NOT NULL CHECK (kind IN ('platform', 'distributor', 'supplier', 'customer')),
        supplier_kind text CHECK (supplier_kind IN ('product', 'resource')),
        parent_id uuid REFERENCES organisation (id),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
        created_at timestamptz NOT NULL,
        CHECK ((kind = 'platform') = (parent_id IS NULL)),
        CHECK ((kind = 'supplier') = (supplier_kind IS NOT NULL))
      );
      CREATE INDEX ON organisation (parent_id, created_at, id);
      CREATE UNIQUE INDEX one_platform ON organisation ((true)) WHERE kind = 'platform';
      ${protect('organisation', { parties: ['id', 'parent_id'], api: 'SELECT, UPDATE', apiScope: 'identity' })}
      GRANT INSERT ON organisation TO kboss_api;

      CREATE TABLE organisation_taxpayer (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        kind text NOT NULL CHECK (kind IN ('general', 'small-scale')),
        vat_rate numeric(20,10) NOT NULL CHECK (vat_rate >= 0 AND vat_rate < 1),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        EXCLUDE USING gist (organisation_id WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      ${protect('organisation_taxpayer', { parties: ['organisation_id'] })}

      CREATE TABLE storefront (
        organisation_id uuid PRIMARY KEY REFERENCES organisation (id),
        code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,31}$'),
        host text UNIQUE,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        colour text NOT NULL DEFAULT '#0f6f78' CHECK (colour ~ '^#[0-9a-f]{6}$')
      );
      ${protect('storefront', { parties: ['organisation_id'], publicWhen: 'true' })}

      CREATE TABLE department (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        parent_id uuid,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        closed_at timestamptz,
        UNIQUE (organisation_id, id),
        FOREIGN KEY (organisation_id, parent_id) REFERENCES department (organisation_id, id)
      );
      CREATE UNIQUE INDEX ON department (organisation_id, name) WHERE closed_at IS NULL;
      ${protect('department', { parties: ['organisation_id'] })}

      CREATE TABLE project (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        is_default boolean NOT NULL DEFAULT false,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'closed')),
        created_at timestamptz NOT NULL,
        UNIQUE (organisation_id, id),
        UNIQUE (organisation_id, name)
      );
      CREATE UNIQUE INDEX one_default_project ON project (organisation_id) WHERE is_default;
      ${protect('project', { parties: ['organisation_id'], apiScope: 'identity' })}

      CREATE TABLE customer_profile (
        customer_id uuid PRIMARY KEY REFERENCES organisation (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        account_manager_id uuid,
        department_id uuid,
        source text NOT NULL CHECK (source IN ('invitation', 'storefront', 'campaign', 'direct', 'staff')),
        source_code text,
        verification text NOT NULL DEFAULT 'unverified'
          CHECK (verification IN ('unverified', 'pending', 'person', 'enterprise', 'refused')),
        created_at timestamptz NOT NULL,
        FOREIGN KEY (seller_id, department_id) REFERENCES department (organisation_id, id)
      );
      CREATE INDEX ON customer_profile (seller_id, created_at, customer_id);
      ${protect('customer_profile', { parties: ['customer_id', 'seller_id'], apiScope: 'identity' })}

      -- Text search is not leakproof, so under row level security no index would serve it: this function filters by the
      -- acting seller itself.
      CREATE INDEX organisation_search ON organisation USING gin (name gin_trgm_ops, number gin_trgm_ops);
      CREATE FUNCTION search_customers(wanted text, most integer) RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
        AS $$
          SELECT p.customer_id FROM customer_profile p JOIN organisation o ON o.id = p.customer_id
           WHERE p.seller_id = app_organisation()
             AND (o.name ILIKE '%' || regexp_replace(wanted, '([\\\\%_])', '\\\\\\1', 'g') || '%'
               OR o.number ILIKE '%' || regexp_replace(wanted, '([\\\\%_])', '\\\\\\1', 'g') || '%')
           ORDER BY p.created_at DESC, p.customer_id DESC LIMIT most
        $$;
      ALTER FUNCTION search_customers OWNER TO kboss_definer;
      REVOKE ALL ON FUNCTION search_customers FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION search_customers TO kboss_api;

      CREATE TABLE invitation_code (
        code text PRIMARY KEY CHECK (code ~ '^[A-Z0-9]{6,12}$'),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        account_manager_id uuid,
        department_id uuid,
        campaign text,
        max_uses integer CHECK (max_uses > 0),
        uses integer NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)),
        valid_to timestamptz,
        created_at timestamptz NOT NULL,
        FOREIGN KEY (organisation_id, department_id) REFERENCES department (organisation_id, id)
      );
      CREATE INDEX ON invitation_code (organisation_id, created_at);
      ${protect('invitation_code', { parties: ['organisation_id'], apiScope: 'identity' })}
    `);
  }
}
