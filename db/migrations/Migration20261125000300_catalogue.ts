import { Migration } from '@mikro-orm/migrations';
import { protect } from './schema.ts';

const onShelf = (table: string): string =>
  `EXISTS (SELECT 1 FROM product p WHERE p.id = ${table}.product_id AND p.state = 'on-shelf')`;

/** Products, plans, components, stock; list prices, the edges of the distribution tree and retail prices. */
export class Migration20261125000300_catalogue extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE pool (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        supplier_id uuid NOT NULL REFERENCES organisation (id),
        code text NOT NULL UNIQUE,
        name text NOT NULL,
        driver text NOT NULL CHECK (driver IN ('slurm', 'open-computing', 'manual')),
        settings_sealed text,
        callback_code text NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('managed', 'unmanaged')),
        note text,
        created_at timestamptz NOT NULL
      );
      ${protect('pool', { parties: ['organisation_id'] })}

      CREATE TABLE pool_member (
        pool_id uuid NOT NULL REFERENCES pool (id),
        user_id uuid NOT NULL REFERENCES user_account (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        uid integer NOT NULL CHECK (uid >= 10000),
        login text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (pool_id, organisation_id, user_id),
        UNIQUE (pool_id, uid),
        UNIQUE (pool_id, login)
      );
      ${protect('pool_member', { parties: ['organisation_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}

      CREATE TABLE product (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,47}$'),
        kind text NOT NULL CHECK (kind IN ('supercomputing', 'ai-computing', 'cloud-host', 'bare-metal', 'storage', 'container', 'dedicated-line')),
        name_zh text NOT NULL,
        name_en text NOT NULL,
        summary_zh text NOT NULL DEFAULT '',
        summary_en text NOT NULL DEFAULT '',
        provider_zh text NOT NULL,
        provider_en text NOT NULL,
        attributes jsonb NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'in-review', 'on-shelf', 'off-shelf')),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX ON product (organisation_id, created_at, id);
      CREATE INDEX ON product (kind, created_at, id) WHERE state = 'on-shelf';
      ${protect('product', { parties: ['organisation_id'], publicWhen: "state = 'on-shelf'" })}

      -- Who supplies a product, and from which pool: platform and supplier only.
      CREATE TABLE product_supply (
        product_id uuid PRIMARY KEY REFERENCES product (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        supplier_id uuid NOT NULL REFERENCES organisation (id),
        pool_id uuid NOT NULL REFERENCES pool (id)
      );
      ${protect('product_supply', { parties: ['organisation_id', 'supplier_id'] })}

      CREATE TABLE product_event (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL,
        product_id uuid NOT NULL REFERENCES product (id),
        from_state text,
        to_state text NOT NULL,
        user_id uuid,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON product_event (product_id, at);
      ${protect('product_event', { parties: ['organisation_id'], api: 'SELECT, INSERT', worker: 'SELECT, INSERT' })}

      CREATE TABLE plan (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        product_id uuid NOT NULL REFERENCES product (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9][a-z0-9-]{1,63}$'),
        name_zh text NOT NULL,
        name_en text NOT NULL,
        billing text NOT NULL CHECK (billing IN ('one-off', 'subscription', 'pack')),
        specification jsonb NOT NULL DEFAULT '{}',
        months integer[] NOT NULL DEFAULT '{}',
        quantity_unit text NOT NULL DEFAULT 'piece',
        quantity_min numeric(28,9) NOT NULL DEFAULT 1,
        quantity_max numeric(28,9) NOT NULL DEFAULT 1000000,
        quantity_step numeric(28,9) NOT NULL DEFAULT 1,
        max_pieces integer NOT NULL DEFAULT 20 CHECK (max_pieces BETWEEN 1 AND 100),
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
        position integer NOT NULL DEFAULT 0
      );
      CREATE INDEX ON plan (product_id, position, id);
      ${protect('plan', { parties: ['organisation_id'], publicWhen: onShelf('plan') })}

      CREATE TABLE component (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        plan_id uuid NOT NULL REFERENCES plan (id),
        product_id uuid NOT NULL REFERENCES product (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        code text NOT NULL,
        name_zh text NOT NULL,
        name_en text NOT NULL,
        unit text NOT NULL,
        -- units of this component per unit of the plan's quantity and month
        units numeric(28,9) NOT NULL DEFAULT 1,
        UNIQUE (plan_id, code)
      );
      ${protect('component', { parties: ['organisation_id'], publicWhen: onShelf('component') })}

      -- 刊例价: 分 per unit (and month for subscriptions); public.
      CREATE TABLE list_price (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        component_id uuid NOT NULL REFERENCES component (id),
        product_id uuid NOT NULL REFERENCES product (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        unit_price numeric(20,10) NOT NULL CHECK (unit_price >= 0),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        EXCLUDE USING gist (component_id WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      ${protect('list_price', { parties: ['organisation_id'], publicWhen: onShelf('list_price') })}

      CREATE TABLE stock (
        plan_id uuid PRIMARY KEY REFERENCES plan (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        -- in units of the plan's quantity; null is unlimited
        available numeric(28,9) CHECK (available >= 0),
        reserved numeric(28,9) NOT NULL DEFAULT 0 CHECK (reserved >= 0)
      );
      ${protect('stock', { parties: ['organisation_id'] })}

      CREATE TABLE stock_reservation (
        key text PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plan (id),
        quantity numeric(28,9) NOT NULL CHECK (quantity > 0),
        state text NOT NULL CHECK (state IN ('held', 'taken', 'released')),
        at timestamptz NOT NULL
      );
      ${protect('stock_reservation', { parties: [], api: '' })}

      -- An arrow of the price chain: what one organisation sells another, on which terms (supply included).
      CREATE TABLE edge (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        kind text NOT NULL CHECK (kind IN ('supply', 'distribution')),
        upstream_pay text NOT NULL DEFAULT 'credit' CHECK (upstream_pay IN ('credit', 'deposit')),
        credit_limit bigint CHECK (credit_limit >= 0),
        settleable text NOT NULL DEFAULT 'activation' CHECK (settleable IN ('activation', 'payment', 'no-reason-end', 'monthly')),
        settlement_cycle text NOT NULL DEFAULT 'month' CHECK (settlement_cycle IN ('month', 'quarter')),
        settlement_day integer NOT NULL DEFAULT 5 CHECK (settlement_day BETWEEN 1 AND 28),
        state text NOT NULL DEFAULT 'effective' CHECK (state IN ('draft', 'effective', 'suspended', 'terminated')),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        CHECK (seller_id <> buyer_id)
      );
      CREATE INDEX ON edge (buyer_id, id);
      CREATE INDEX ON edge (seller_id, id);
      ${protect('edge', { parties: ['seller_id', 'buyer_id'] })}

      -- Terms of an edge for one product (or all: product_id null). Rates are rates of the list price.
      CREATE TABLE edge_term (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        edge_id uuid NOT NULL REFERENCES edge (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        product_id uuid REFERENCES product (id),
        mode text NOT NULL CHECK (mode IN ('discount', 'rebate')),
        rate numeric(20,10) CHECK (rate >= 0),
        -- 分 per unit of the plan's quantity (and month); instead of a rate
        unit_price numeric(20,10) CHECK (unit_price >= 0),
        commission_rate numeric(20,10) NOT NULL DEFAULT 0 CHECK (commission_rate >= 0 AND commission_rate < 1),
        floor_rate numeric(20,10) CHECK (floor_rate >= 0),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        CHECK (mode = 'rebate' OR (rate IS NULL) <> (unit_price IS NULL)),
        CHECK (mode = 'discount' OR (rate IS NULL AND unit_price IS NULL)),
        EXCLUDE USING gist (edge_id WITH =, coalesce(product_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      CREATE INDEX ON edge_term (edge_id, valid_from);
      ${protect('edge_term', { parties: ['seller_id', 'buyer_id'] })}

      -- What a principal asks of customers, as a rate of the list price or a fixed unit price.
      CREATE TABLE retail_price (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        product_id uuid REFERENCES product (id),
        rate numeric(20,10) CHECK (rate >= 0),
        unit_price numeric(20,10) CHECK (unit_price >= 0),
        floor_rate numeric(20,10) CHECK (floor_rate >= 0),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        CHECK ((rate IS NULL) <> (unit_price IS NULL)),
        EXCLUDE USING gist (organisation_id WITH =, coalesce(product_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      ${protect('retail_price', { parties: ['organisation_id'] })}
    `);
  }
}
