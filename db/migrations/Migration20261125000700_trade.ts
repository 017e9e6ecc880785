import { Migration } from '@mikro-orm/migrations';

/** What the frozen chain and the processes need besides: the agent's VAT rate, pools by callback code. */
export class Migration20261125000700_trade extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE sale_leg ADD COLUMN commission_vat_rate numeric(20,10) NOT NULL DEFAULT 0;
      ALTER TABLE sale_leg ALTER COLUMN commission_vat_rate DROP DEFAULT;
      GRANT SELECT (commission_vat_rate) ON sale_leg TO kboss_api;

      CREATE INDEX ON order_line (order_number, line);
      CREATE INDEX ON stream_event (xid, id);

      -- A supplier's callback names its pool by a code before an organisation is known.
      CREATE POLICY callback ON pool FOR SELECT TO kboss_api USING (app_scope() = 'callback');

      -- A customer may know that its seller takes online payment, and nothing else of the binding.
      CREATE FUNCTION takes_online_payment(customer uuid) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT EXISTS (SELECT 1 FROM organisation o JOIN payment_binding b ON b.organisation_id = o.parent_id
          WHERE o.id = customer AND b.state = 'active')
      $$;
      ALTER FUNCTION takes_online_payment OWNER TO kboss_definer;
      REVOKE ALL ON FUNCTION takes_online_payment FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION takes_online_payment TO kboss_api;
    `);
  }
}
