import { Migration } from '@mikro-orm/migrations';
import { readFileSync } from 'node:fs';

/**
 * A refused event left an empty hold behind when another event of its batch moved a hold: the posting function of
 * today writes the holds of what was posted only. Empty holds held no money; they go.
 */
export class Migration20261125001100_refused_holds extends Migration {
  override up(): void {
    const post = readFileSync(new URL('../ledger/schema/post.sql', import.meta.url), 'utf8');
    this.addSql(`
      SET LOCAL ROLE kboss_ledger;
      SET LOCAL search_path = ledger;
      ${post}
      DELETE FROM hold WHERE (placed, captured, released) = (0, 0, 0);
      RESET search_path;
      RESET ROLE;
    `);
  }
}
