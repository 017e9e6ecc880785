import { Migration } from '@mikro-orm/migrations';

/** Lets an order be refused before money is asked while a book of its chain is being checked. */
export class Migration20261125001000_parked_books extends Migration {
  override up(): void {
    this.addSql(`
      CREATE FUNCTION ledger.parked_books(organisations uuid[]) RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
        SELECT organisation_id FROM book WHERE organisation_id = ANY (organisations) AND state = 'parked'
      $$;
      ALTER FUNCTION ledger.parked_books OWNER TO kboss_ledger;
      REVOKE ALL ON FUNCTION ledger.parked_books FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ledger.parked_books TO kboss_worker;
    `);
  }
}
