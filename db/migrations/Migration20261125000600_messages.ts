import { Migration } from '@mikro-orm/migrations';

/**
 * Unread messages are counted on every page: an index of their own, small because most are read. Windows of rate
 * limits that have ended are found by another one, and forgotten.
 */
export class Migration20261125000600_messages extends Migration {
  override up(): void {
    this.addSql(`
      CREATE INDEX message_unread ON message (organisation_id, created_at DESC, id) WHERE read_at IS NULL;
      CREATE INDEX ON rate_limit (resets_at);
    `);
  }
}
