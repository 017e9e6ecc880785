import { Migration } from '@mikro-orm/migrations';
import { readFileSync } from 'node:fs';
import { mirrors } from '../../domain/ledger/mirrors.ts';
import { monthPartitions } from './schema.ts';

const sql = (name: string): string =>
  readFileSync(new URL(`../ledger/schema/${name}.sql`, import.meta.url), 'utf8');

/** Books, vouchers, balances and the functions that alone may change them, all owned by kboss_ledger. */
export class Migration20261125000900_ledger extends Migration {
  override up(): void {
    const pairs = mirrors.map(({ seller, buyer }) => `('${seller}', '${buyer}')`).join(', ');
    this.addSql(
      [
        sql('tables'),
        monthPartitions('voucher', 2026, 10, 15),
        sql('access'),
        `INSERT INTO mirror (code, mirrored_by) VALUES ${pairs};`,
        sql('proofs'),
        sql('post'),
        sql('functions'),
        sql('grants'),
      ].join('\n'),
    );
  }
}
