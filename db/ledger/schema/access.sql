-- Who reads what. kboss_ledger alone has a policy for all books; nobody may change a posted row.
CREATE FUNCTION acting_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.organisation', true), '')::uuid $$;

CREATE VIEW entry WITH (security_invoker = true) AS
  SELECT v.organisation_id, v.period, v.event_id, l.line, l.account_id,
         CASE WHEN (l.effect > 0) <> v.red THEN 'debit' ELSE 'credit' END AS side,
         CASE WHEN v.red THEN -abs(l.effect) ELSE abs(l.effect) END AS amount,
         l.effect, v.accounting_date, v.recorded_at, v.source, v.red
  FROM voucher v, LATERAL unnest(v.accounts, v.amounts) WITH ORDINALITY AS l (account_id, effect, line);

CREATE VIEW recognition_plan WITH (security_invoker = true) AS
  SELECT organisation_id, event_id, source, plan_revenue AS revenue, plan_vat AS vat, plan_cost AS cost,
         plan_basis AS basis, plan_months AS months
  FROM voucher WHERE plan_basis IS NOT NULL;

DO $body$
DECLARE
  t text;
  own constant text[][] := ARRAY[
    ['book', 'organisation_id = ledger.acting_organisation()'],
    ['chart_account', 'organisation_id = ledger.acting_organisation()'],
    ['entry_template', 'organisation_id = ledger.acting_organisation()'],
    ['account', 'organisation_id = ledger.acting_organisation()'],
    ['balance', 'account_id IN (SELECT id FROM ledger.account WHERE organisation_id = ledger.acting_organisation())'],
    ['voucher', 'organisation_id = ledger.acting_organisation()'],
    ['voucher_number', 'organisation_id = ledger.acting_organisation()'],
    ['chain_link', 'organisation_id = ledger.acting_organisation()'],
    ['movement', 'account_id IN (SELECT id FROM ledger.account WHERE organisation_id = ledger.acting_organisation())'],
    ['settlement_item', 'seller_id = ledger.acting_organisation() OR buyer_id = ledger.acting_organisation()'],
    ['closed_period', 'organisation_id = ledger.acting_organisation()'],
    ['closed_balance', 'organisation_id = ledger.acting_organisation()']];
BEGIN
  FOREACH t IN ARRAY ARRAY['book', 'chart_account', 'entry_template', 'mirror', 'account', 'balance', 'event', 'voucher',
    'voucher_number', 'chain_link', 'movement', 'lot', 'hold', 'hold_step', 'settlement_item',
    'activation', 'closed_period', 'closed_balance'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY all_books ON %I TO kboss_ledger USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY audit ON %I FOR SELECT TO kboss_audit USING (true)', t);
    EXECUTE format('GRANT SELECT ON %I TO kboss_audit, kboss_backup', t);
  END LOOP;
  FOR i IN 1 .. array_length(own, 1) LOOP
    EXECUTE format('CREATE POLICY own_book ON %I FOR SELECT TO kboss_api, kboss_worker USING (%s)', own[i][1], own[i][2]);
    EXECUTE format('GRANT SELECT ON %I TO kboss_api, kboss_worker', own[i][1]);
  END LOOP;
END $body$;
GRANT SELECT ON entry, recognition_plan TO kboss_api, kboss_worker, kboss_audit, kboss_backup;

-- Append only, whoever asks: a posted row is corrected by another one.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of ledger.% are never changed; post a reversal instead', TG_TABLE_NAME USING ERRCODE = 'KL009';
END $$;
DO $body$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['voucher', 'voucher_number', 'chain_link', 'movement', 'lot', 'hold_step',
    'settlement_item', 'activation', 'closed_period', 'closed_balance'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $body$;
CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.id, OLD.key, OLD.payload_hash, OLD.type, OLD.source, OLD.event_date, OLD.occurred_at, OLD.recorded_at, OLD.books,
      OLD.periods, OLD.reverses, OLD.xid) IS DISTINCT FROM
     (NEW.id, NEW.key, NEW.payload_hash, NEW.type, NEW.source, NEW.event_date, NEW.occurred_at, NEW.recorded_at, NEW.books,
      NEW.periods, NEW.reverses, NEW.xid) OR OLD.xid <> pg_current_xact_id() THEN
    RAISE EXCEPTION 'an event keeps what it was' USING ERRCODE = 'KL009';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
