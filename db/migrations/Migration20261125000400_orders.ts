import { Migration } from '@mikro-orm/migrations';
import { orderLineStates, orderStates, workOrderStates } from '../../domain/orders/states.ts';
import { resourceStates } from '../../domain/resources/states.ts';
import { protect, stateColumn } from './schema.ts';

/** Cart, orders with their lines, frozen legs and reductions, work orders, resources, and their histories. */
export class Migration20261125000400_orders extends Migration {
  override up(): void {
    this.addSql(`
      CREATE TABLE cart_line (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        user_id uuid NOT NULL REFERENCES user_account (id),
        product_id uuid NOT NULL REFERENCES product (id),
        plan_id uuid NOT NULL REFERENCES plan (id),
        configuration jsonb NOT NULL DEFAULT '{}',
        quantity numeric(28,9) NOT NULL CHECK (quantity > 0),
        months integer NOT NULL CHECK (months >= 0),
        pieces integer NOT NULL CHECK (pieces BETWEEN 1 AND 100),
        price_seen bigint NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX ON cart_line (organisation_id, user_id, created_at, id);
      ${protect('cart_line', { parties: ['organisation_id'] })}

      CREATE TABLE customer_order (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        user_id uuid NOT NULL REFERENCES user_account (id),
        ${stateColumn(orderStates)},
        total bigint NOT NULL CHECK (total >= 0),
        refunded bigint NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= total),
        recharge_number text,
        note text,
        expires_at timestamptz NOT NULL,
        submitted_at timestamptz NOT NULL,
        paid_at timestamptz,
        ended_at timestamptz
      );
      CREATE INDEX ON customer_order (buyer_id, submitted_at DESC, id);
      CREATE INDEX ON customer_order (seller_id, submitted_at DESC, id);
      ${protect('customer_order', { parties: ['buyer_id', 'seller_id'], api: 'SELECT' })}

      CREATE TABLE order_line (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        order_id uuid NOT NULL REFERENCES customer_order (id),
        order_number text NOT NULL,
        line integer NOT NULL CHECK (line BETWEEN 1 AND 100),
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        product_id uuid NOT NULL REFERENCES product (id),
        plan_id uuid NOT NULL REFERENCES plan (id),
        kind text NOT NULL,
        title jsonb NOT NULL,
        group_number integer NOT NULL,
        configuration jsonb NOT NULL,
        specification jsonb NOT NULL,
        quantity numeric(28,9) NOT NULL,
        quantity_unit text NOT NULL,
        months integer NOT NULL,
        list_amount bigint NOT NULL,
        price bigint NOT NULL CHECK (price >= 0),
        breakdown jsonb NOT NULL,
        ${stateColumn(orderLineStates)},
        external_name text NOT NULL UNIQUE,
        project_id uuid NOT NULL,
        sales_person_id uuid,
        department_id uuid,
        source text NOT NULL,
        source_code text,
        verification text NOT NULL,
        failure_code text,
        failure_details jsonb,
        resource_id uuid,
        activated_at timestamptz,
        UNIQUE (order_id, line),
        FOREIGN KEY (buyer_id, project_id) REFERENCES project (organisation_id, id)
      );
      CREATE INDEX ON order_line (buyer_id, id);
      CREATE INDEX ON order_line (seller_id, id);
      ${protect('order_line', { parties: ['buyer_id', 'seller_id'], api: 'SELECT' })}

      CREATE TABLE order_event (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        order_id uuid NOT NULL REFERENCES customer_order (id),
        line integer,
        buyer_id uuid NOT NULL,
        seller_id uuid NOT NULL,
        from_state text,
        to_state text NOT NULL,
        actor text NOT NULL,
        reason text,
        workflow_id text,
        at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX ON order_event (order_id, coalesce(line, 0), to_state, at);
      CREATE INDEX ON order_event (order_id, at, id);
      ${protect('order_event', { parties: ['buyer_id', 'seller_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}

      -- One arrow of the frozen price chain, readable by its two parties only. The position would tell a party how
      -- long the chain is, so the api may not select it.
      CREATE TABLE sale_leg (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        line_id uuid NOT NULL REFERENCES order_line (id),
        order_number text NOT NULL,
        line integer NOT NULL,
        position integer NOT NULL,
        edge_id uuid,
        seller_id uuid NOT NULL REFERENCES organisation (id),
        buyer_id uuid NOT NULL REFERENCES organisation (id),
        mode text NOT NULL CHECK (mode IN ('discount', 'rebate')),
        gross bigint NOT NULL,
        commission bigint NOT NULL,
        net bigint NOT NULL,
        vat_rate numeric(20,10) NOT NULL,
        gross_net bigint NOT NULL,
        gross_vat bigint NOT NULL,
        commission_net bigint NOT NULL,
        commission_vat bigint NOT NULL,
        deductible boolean NOT NULL,
        frozen_at timestamptz NOT NULL,
        UNIQUE (line_id, position),
        CHECK (net = gross - commission),
        CHECK (gross = gross_net + gross_vat AND commission = commission_net + commission_vat)
      );
      CREATE INDEX ON sale_leg (seller_id, frozen_at, id);
      CREATE INDEX ON sale_leg (buyer_id, frozen_at, id);
      ${protect('sale_leg', { parties: ['seller_id', 'buyer_id'], api: '', worker: 'SELECT, INSERT' })}
      GRANT SELECT (id, line_id, order_number, line, edge_id, seller_id, buyer_id, mode, gross, commission, net,
        vat_rate, gross_net, gross_vat, commission_net, commission_vat, deductible, frozen_at) ON sale_leg TO kboss_api;

      CREATE TABLE reduction (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        line_id uuid NOT NULL REFERENCES order_line (id),
        giver_id uuid NOT NULL REFERENCES organisation (id),
        kind text NOT NULL CHECK (kind IN ('coupon', 'gift', 'promotion', 'special-price')),
        rule text NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0)
      );
      CREATE INDEX ON reduction (line_id);
      ${protect('reduction', { parties: ['giver_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}

      CREATE TABLE work_order (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        kind text NOT NULL CHECK (kind IN ('open', 'change', 'close')),
        line_id uuid NOT NULL REFERENCES order_line (id),
        order_number text NOT NULL,
        line integer NOT NULL,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        supplier_id uuid NOT NULL REFERENCES organisation (id),
        pool_id uuid NOT NULL REFERENCES pool (id),
        driver text NOT NULL,
        external_name text NOT NULL,
        product_kind text NOT NULL,
        title jsonb NOT NULL,
        request jsonb NOT NULL,
        ${stateColumn(workOrderStates)},
        assigned_to uuid,
        failure_code text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (line_id, kind)
      );
      CREATE INDEX ON work_order (organisation_id, created_at DESC, id);
      CREATE INDEX ON work_order (supplier_id, created_at DESC, id);
      ${protect('work_order', { parties: ['organisation_id', 'supplier_id'], api: 'SELECT' })}

      CREATE TABLE work_order_event (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        work_order_id uuid NOT NULL REFERENCES work_order (id),
        organisation_id uuid NOT NULL,
        supplier_id uuid NOT NULL,
        from_state text,
        to_state text NOT NULL,
        actor text NOT NULL,
        reason text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON work_order_event (work_order_id, at);
      ${protect('work_order_event', { parties: ['organisation_id', 'supplier_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}

      CREATE TABLE resource (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        number text NOT NULL UNIQUE,
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        seller_id uuid NOT NULL REFERENCES organisation (id),
        project_id uuid NOT NULL,
        line_id uuid NOT NULL UNIQUE REFERENCES order_line (id),
        order_number text NOT NULL,
        kind text NOT NULL,
        title jsonb NOT NULL,
        specification jsonb NOT NULL,
        quantity numeric(28,9) NOT NULL,
        quantity_unit text NOT NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        external_name text NOT NULL UNIQUE,
        ${stateColumn(resourceStates)},
        access_sealed text,
        activated_at timestamptz,
        ends_at timestamptz,
        created_at timestamptz NOT NULL,
        FOREIGN KEY (organisation_id, project_id) REFERENCES project (organisation_id, id)
      );
      CREATE INDEX ON resource (organisation_id, created_at DESC, id);
      ${protect('resource', { parties: ['organisation_id'], api: 'SELECT, UPDATE' })}

      CREATE TABLE resource_event (
        id uuid PRIMARY KEY DEFAULT uuidv7(),
        resource_id uuid NOT NULL REFERENCES resource (id),
        organisation_id uuid NOT NULL,
        from_state text,
        to_state text NOT NULL,
        actor text NOT NULL,
        reason text,
        workflow_id text,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON resource_event (resource_id, at);
      ${protect('resource_event', { parties: ['organisation_id'], api: 'SELECT', worker: 'SELECT, INSERT' })}
    `);
  }
}
