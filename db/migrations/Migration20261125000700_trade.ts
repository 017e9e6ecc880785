import { Migration } from '@mikro-orm/migrations';

/** What the frozen chain and the processes need besides: the agent's VAT rate, counters of the relay. */
export class Migration20261125000700_trade extends Migration {
  override up(): void {
    this.addSql(`
      ALTER TABLE sale_leg ADD COLUMN commission_vat_rate numeric(20,10) NOT NULL DEFAULT 0;
      ALTER TABLE sale_leg ALTER COLUMN commission_vat_rate DROP DEFAULT;
      GRANT SELECT (commission_vat_rate) ON sale_leg TO kboss_api;

      -- The workers give uids of a pool; a uid once given is never given again.
      CREATE INDEX ON order_line (order_number, line);
      CREATE INDEX ON inbox (organisation_id, received_at);
    `);
  }
}
