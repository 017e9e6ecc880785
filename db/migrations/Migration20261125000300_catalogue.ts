import { Migration } from '@mikro-orm/migrations';
import { protect } from './schema.ts';

const onShelf = (table: string): string =>
  `EXISTS (SELECT 1 FROM product p WHERE p.id = ${table}.product_id AND p.state = 'on-shelf')`;

/**
 * The edges that price plans, from the customer's seller (level 0) up to the supplier, with the narrowest term in force.
 * A level without a row is a gap: nobody sells there. Reads as its caller: the worker in its `system` scope, or a
 * definer function; the api may not run it. The tree is climbed once, whatever the number of plans.
 */
const saleEdges = `
  CREATE FUNCTION sale_edges(seller uuid, plans uuid[], instant timestamptz)
  RETURNS TABLE (plan_id uuid, level integer, edge_id uuid, kind text, seller_id uuid, buyer_id uuid, mode text,
    rate numeric, unit_price numeric, commission_rate numeric, floor_rate numeric, upstream_pay text, settleable text)
  LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    WITH RECURSIVE node AS (
      SELECT o.id, o.parent_id, o.kind, 0 AS level FROM organisation o WHERE o.id = $1
      UNION ALL
      SELECT o.id, o.parent_id, o.kind, n.level + 1 FROM node n JOIN organisation o ON o.id = n.parent_id
    ), term AS MATERIALIZED (
      SELECT n.level, e.id AS edge, e.kind, e.seller_id AS seller, e.buyer_id AS buyer, e.upstream_pay, e.settleable,
        t.id, t.plan_id AS for_plan, t.product_id AS for_product, t.mode, t.rate, t.unit_price, t.commission_rate,
        t.floor_rate
      FROM node n JOIN edge e ON e.buyer_id = n.id JOIN edge_term t ON t.edge_id = e.id
      WHERE CASE n.kind WHEN 'platform' THEN e.kind = 'supply' ELSE e.seller_id = n.parent_id END
        AND e.state = 'effective'
        AND e.valid_from <= $3 AND (e.valid_to IS NULL OR e.valid_to > $3)
        AND t.valid_from <= $3 AND (t.valid_to IS NULL OR t.valid_to > $3)
    )
    SELECT DISTINCT ON (p.id, t.level) p.id, t.level, t.edge, t.kind, t.seller, t.buyer, t.mode, t.rate, t.unit_price,
      t.commission_rate, t.floor_rate, t.upstream_pay, t.settleable
    FROM unnest($2) AS wanted (id) JOIN plan p ON p.id = wanted.id
      JOIN product_supply s ON s.product_id = p.product_id
      JOIN term t ON (t.kind = 'distribution' OR t.seller = s.supplier_id)
        AND (t.for_plan = p.id OR (t.for_plan IS NULL AND (t.for_product = p.product_id OR t.for_product IS NULL)))
    ORDER BY p.id, t.level, t.for_plan NULLS LAST, t.for_product NULLS LAST, t.id
  $$;
  REVOKE ALL ON FUNCTION sale_edges FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION sale_edges TO kboss_worker, kboss_definer;
`;

/**
 * What customers of a storefront pay: the principal's retail term of each plan that is on sale there, and nothing else
 * of the chain. A plan without a way to its supplier, without a list price or with a discount edge below a rebate edge
 * is not sold.
 */
const storefrontPrices = `
  CREATE FUNCTION storefront_prices(seller uuid, plans uuid[], instant timestamptz)
  RETURNS TABLE (plan_id uuid, list_unit_price numeric, rate numeric, unit_price numeric)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH chain AS MATERIALIZED (
      SELECT e.plan_id,
        coalesce((array_agg(e.buyer_id ORDER BY e.level) FILTER (WHERE e.mode = 'discount'))[1],
          (array_agg(e.seller_id ORDER BY e.level DESC))[1]) AS principal
      FROM sale_edges(seller, plans, instant) e
      GROUP BY e.plan_id
      HAVING bool_or(e.kind = 'supply') AND count(*) = max(e.level) + 1
        AND coalesce(max(e.level) FILTER (WHERE e.mode = 'rebate'), -1)
          < coalesce(min(e.level) FILTER (WHERE e.mode = 'discount'), 99)
    ), retail AS MATERIALIZED (
      SELECT r.* FROM retail_price r
      WHERE r.organisation_id IN (SELECT principal FROM chain)
        AND r.valid_from <= instant AND (r.valid_to IS NULL OR r.valid_to > instant)
    )
    -- Look-ups by plan, not joins of what was computed: its row counts are not known to the planner.
    SELECT p.id, listed.price, CASE WHEN own.id IS NULL THEN 1 ELSE own.rate END, own.unit_price
    FROM chain JOIN plan p ON p.id = chain.plan_id AND p.state = 'active'
      JOIN product r ON r.id = p.product_id AND r.state = 'on-shelf'
      CROSS JOIN LATERAL (
        SELECT round(sum(c.units * c.unit_price), 10) AS price
        FROM (
          SELECT c.units, (
            SELECT l.unit_price FROM list_price l
            WHERE l.component_id = c.id AND l.valid_from <= instant AND (l.valid_to IS NULL OR l.valid_to > instant)
            ORDER BY l.valid_from DESC LIMIT 1
          ) AS unit_price FROM component c WHERE c.plan_id = p.id
        ) c HAVING count(*) = count(c.unit_price) AND count(*) > 0
      ) listed
      LEFT JOIN LATERAL (
        SELECT o.id, o.rate, o.unit_price FROM retail o
        WHERE o.organisation_id = chain.principal
          AND (o.plan_id = p.id OR (o.plan_id IS NULL AND (o.product_id = p.product_id OR o.product_id IS NULL)))
        ORDER BY o.plan_id NULLS LAST, o.product_id NULLS LAST LIMIT 1
      ) own ON true
  $$;
  ALTER FUNCTION storefront_prices OWNER TO kboss_definer;
  REVOKE ALL ON FUNCTION storefront_prices FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION storefront_prices TO kboss_api, kboss_worker;
`;

/**
 * How much of a plan there is, as a word: counts would tell competitors the volume. Low = at most five smallest orders.
 * What is opened from a pool that is not managed (未纳管) has none, whatever its stock says; people manage themselves.
 */
const stockLevels = `
  CREATE FUNCTION stock_levels(plans uuid[])
  RETURNS TABLE (plan_id uuid, level text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT p.id, CASE
      WHEN s.plan_id IS NULL THEN 'none'
      WHEN pool.state = 'unmanaged' AND pool.driver <> 'manual' THEN 'none'
      WHEN s.available IS NULL THEN 'plenty'
      WHEN s.available < p.quantity_min THEN 'none'
      WHEN s.available <= p.quantity_min * 5 THEN 'low'
      ELSE 'plenty' END
    FROM unnest(plans) AS wanted (id) JOIN plan p ON p.id = wanted.id LEFT JOIN stock s ON s.plan_id = p.id
      LEFT JOIN product_supply supply ON supply.product_id = p.product_id LEFT JOIN pool ON pool.id = supply.pool_id
  $$;
  ALTER FUNCTION stock_levels OWNER TO kboss_definer;
  REVOKE ALL ON FUNCTION stock_levels FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION stock_levels TO kboss_api, kboss_worker;
`;

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
        -- values the customer chooses from, per option of the kind: {"image": ["ubuntu-24.04"]}
        choices jsonb NOT NULL DEFAULT '{}',
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
      CREATE INDEX ON list_price (component_id, valid_from);
      ${protect('list_price', { parties: ['organisation_id'], publicWhen: onShelf('list_price') })}

      -- From so many months on, every month counts as this rate of a month (list price, edges and floors alike).
      CREATE TABLE period_discount (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        plan_id uuid NOT NULL REFERENCES plan (id),
        product_id uuid NOT NULL REFERENCES product (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        months integer NOT NULL CHECK (months BETWEEN 2 AND 60),
        rate numeric(20,10) NOT NULL CHECK (rate > 0 AND rate <= 1),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        EXCLUDE USING gist (plan_id WITH =, months WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      CREATE INDEX ON period_discount (plan_id, valid_from);
      ${protect('period_discount', { parties: ['organisation_id'], publicWhen: onShelf('period_discount') })}

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

      -- Terms of an edge for one plan, one product, or all (both null); the narrowest counts. Rates are rates of the list price.
      CREATE TABLE edge_term (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        edge_id uuid NOT NULL REFERENCES edge (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        product_id uuid REFERENCES product (id),
        plan_id uuid REFERENCES plan (id),
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
        CHECK (plan_id IS NULL OR product_id IS NOT NULL),
        EXCLUDE USING gist (edge_id WITH =, coalesce(plan_id, product_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      CREATE INDEX ON edge_term (edge_id, valid_from);
      ${protect('edge_term', { parties: ['seller_id', 'buyer_id'] })}

      -- What a principal asks of customers, as a rate of the list price or a fixed unit price; the list price where
      -- nothing is said. For one plan, one product, or all (both null); the narrowest counts.
      CREATE TABLE retail_price (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        product_id uuid REFERENCES product (id),
        plan_id uuid REFERENCES plan (id),
        rate numeric(20,10) CHECK (rate >= 0),
        unit_price numeric(20,10) CHECK (unit_price >= 0),
        floor_rate numeric(20,10) CHECK (floor_rate >= 0),
        valid_from timestamptz NOT NULL,
        valid_to timestamptz,
        CHECK ((rate IS NULL) <> (unit_price IS NULL)),
        CHECK (plan_id IS NULL OR product_id IS NOT NULL),
        EXCLUDE USING gist (organisation_id WITH =, coalesce(plan_id, product_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, tstzrange(valid_from, valid_to) WITH &&)
      );
      ${protect('retail_price', { parties: ['organisation_id'] })}
    `);
    this.addSql(saleEdges);
    this.addSql(storefrontPrices);
    this.addSql(stockLevels);
  }
}
