-- Opens the book of an organisation with a chart and templates; opening it again changes nothing.
CREATE FUNCTION open_book(organisation uuid, first_period date, chart jsonb, templates json, policy jsonb, style text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  INSERT INTO book (organisation_id, open_from, policies, reversal_style) VALUES (organisation, first_period, policy, style)
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN; END IF;
  INSERT INTO chart_account (organisation_id, code, label, name, type, side, auxiliary, guard)
    SELECT organisation, c.code, c.label, c.name, c.type, c.side, c.auxiliary, c.guard
    FROM jsonb_to_recordset(chart) c (code text, label text, name jsonb, type text, side text, auxiliary text, guard text);
  INSERT INTO entry_template (organisation_id, code, version, definition)
    SELECT organisation, t ->> 'code', (t ->> 'version')::integer, t FROM json_array_elements(templates) t;
END $$;

-- Adds a template version to a book; the caller has shown that it balances for all inputs.
CREATE FUNCTION activate_template(organisation uuid, template json) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7310, number) FROM book WHERE organisation_id = organisation;
  INSERT INTO entry_template (organisation_id, code, version, definition)
    VALUES (organisation, template ->> 'code', (template ->> 'version')::integer, template);
  UPDATE book SET revision = revision + 1 WHERE organisation_id = organisation;
END $$;

-- Adds an account title to a book's chart.
CREATE FUNCTION add_chart_account(organisation uuid, title jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  INSERT INTO chart_account (organisation_id, code, label, name, type, side, auxiliary, guard)
    SELECT organisation, c.code, c.label, c.name, c.type, c.side, c.auxiliary, c.guard
    FROM jsonb_to_record(title) c (code text, label text, name jsonb, type text, side text, auxiliary text, guard text)
$$;

-- The titles of a book's chart.
CREATE FUNCTION titles(organisation uuid) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT code FROM chart_account WHERE organisation_id = organisation
$$;

-- What a posting process keeps of books: revision, reversal style, newest templates.
CREATE FUNCTION read_books(organisations uuid[])
RETURNS TABLE (organisation_id uuid, revision bigint, reversal_style text, templates json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT b.organisation_id, b.revision, b.reversal_style,
         (SELECT json_agg(t.definition) FROM (SELECT DISTINCT ON (code) definition FROM entry_template e
            WHERE e.organisation_id = b.organisation_id ORDER BY code, version DESC) t)
  FROM book b WHERE b.organisation_id = ANY (organisations)
$$;

-- Ids of posting addresses, made where missing (in address order, so that two processes never wait for each other),
-- their mirrors with them. Unknown titles are left out of the answer.
CREATE FUNCTION addresses(organisations uuid[], codes text[], parties uuid[])
RETURNS TABLE (place bigint, id bigint, guarded boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  WITH asked AS (
    SELECT a.organisation, a.code, a.party FROM unnest(organisations, codes, parties) a (organisation, code, party)
    UNION
    SELECT a.party, coalesce(x.mirrored_by, y.code), a.organisation
    FROM unnest(organisations, codes, parties) a (organisation, code, party)
    LEFT JOIN mirror x ON x.code = a.code LEFT JOIN mirror y ON y.mirrored_by = a.code
    WHERE x.code IS NOT NULL OR y.code IS NOT NULL),
  made AS (
    INSERT INTO account (organisation_id, code, party_id)
      SELECT a.organisation, a.code, a.party FROM asked a
      JOIN chart_account c ON c.organisation_id = a.organisation AND c.code = a.code
        AND (c.auxiliary = 'none') = (a.party = '00000000-0000-0000-0000-000000000000')
      WHERE NOT EXISTS (SELECT FROM account e WHERE e.organisation_id = a.organisation AND e.code = a.code AND e.party_id = a.party)
      ORDER BY a.organisation, a.code COLLATE "C", a.party
    ON CONFLICT DO NOTHING RETURNING account.id, organisation_id, code, party_id),
  paired AS (
    SELECT m.id, m.organisation_id, m.code, m.party_id, coalesce(x.mirrored_by, y.code) AS other FROM made m
    LEFT JOIN mirror x ON x.code = m.code LEFT JOIN mirror y ON y.mirrored_by = m.code)
  INSERT INTO balance (account_id, floor, mirror_id)
    SELECT p.id, CASE c.guard WHEN 'balance' THEN 0 END,
           coalesce((SELECT o.id FROM made o WHERE o.organisation_id = p.party_id AND o.code = p.other AND o.party_id = p.organisation_id),
                    (SELECT o.id FROM account o WHERE o.organisation_id = p.party_id AND o.code = p.other AND o.party_id = p.organisation_id))
    FROM paired p JOIN chart_account c ON c.organisation_id = p.organisation_id AND c.code = p.code
    ORDER BY p.id;
  RETURN QUERY
    SELECT a.n, e.id, b.floor IS NOT NULL
    FROM unnest(organisations, codes, parties) WITH ORDINALITY a (organisation, code, party, n)
    JOIN account e ON e.organisation_id = a.organisation AND e.code = a.code AND e.party_id = a.party
    JOIN balance b ON b.account_id = e.id;
END $$;

-- Sets how far an account may go below zero; NULL lets it record only. False: more is used than the new limit allows.
CREATE FUNCTION set_limit(account bigint, credit_limit bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  w balance;
  untold bigint;
BEGIN
  SELECT * INTO w FROM balance WHERE account_id = set_limit.account FOR NO KEY UPDATE;
  IF credit_limit IS NULL AND w.held > 0 OR w.credit - w.debit - w.held + credit_limit < 0 THEN RETURN false; END IF;
  -- The pages begin where the account stands when it becomes guarded.
  UPDATE balance SET floor = credit_limit, received = received + w.credit - w.debit - (w.received - w.spent)
    WHERE account_id = set_limit.account;
  UPDATE book SET revision = revision + 1 WHERE organisation_id = (SELECT organisation_id FROM ledger.account a WHERE a.id = set_limit.account);
  RETURN true;
END $$;

-- A customer's wallet at a seller: cash, gift, what is held of both. For workers; `wallet` is for its two parties.
CREATE FUNCTION wallet_of(customer uuid, seller uuid) RETURNS TABLE (cash bigint, gift bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT coalesce(sum(b.credit - b.debit) FILTER (WHERE a.code = '2203.customer'), 0)::bigint,
    coalesce(sum(b.credit - b.debit) FILTER (WHERE a.code = '9102.gift'), 0)::bigint, coalesce(sum(b.held), 0)::bigint
  FROM account a JOIN balance b ON b.account_id = a.id
  WHERE a.organisation_id = seller AND a.party_id = customer AND a.code IN ('2203.customer', '9102.gift')
$$;
CREATE FUNCTION wallet(customer uuid, seller uuid) RETURNS TABLE (cash bigint, gift bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT w.* FROM wallet_of(customer, seller) w WHERE acting_organisation() IN (customer, seller)
$$;

-- The wallet's pages, newest first, below (event, position) `before`; readable like the wallet.
CREATE FUNCTION wallet_statement(customer uuid, seller uuid, before bigint, page integer)
RETURNS TABLE (event_id bigint, part text, type text, source text, occurred_at timestamptz, amount bigint, balance_after bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  IF acting_organisation() IN (customer, seller) THEN
    RETURN QUERY
      SELECT q.event_id, q.part, e.type, e.source, e.occurred_at, q.amount, q.balance_after
      FROM (SELECT m.event_id, CASE a.code WHEN '9102.gift' THEN 'gift' ELSE 'cash' END AS part, m.amount, m.balance_after
            FROM account a, LATERAL (SELECT w.event_id, w.amount, w.balance_after FROM movement w
              WHERE w.account_id = a.id AND (before IS NULL OR w.event_id < before) ORDER BY w.position DESC LIMIT page) m
            WHERE a.organisation_id = seller AND a.party_id = customer AND a.code IN ('2203.customer', '9102.gift')) q
      JOIN event e ON e.id = q.event_id
      ORDER BY q.event_id DESC, q.part LIMIT page;
  END IF;
END $$;

-- Cash and gift that are still there, by the lot they came in (first in, first out), oldest first.
CREATE FUNCTION wallet_lots(customer uuid, seller uuid)
RETURNS TABLE (part text, channel text, source text, remaining bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  IF acting_organisation() IN (customer, seller) THEN
    RETURN QUERY SELECT CASE a.code WHEN '9102.gift' THEN 'gift' ELSE 'cash' END, l.channel, l.source, l.ends - greatest(l.starts, b.spent)
      FROM account a JOIN balance b ON b.account_id = a.id JOIN lot l ON l.account_id = a.id AND l.ends > b.spent
      WHERE a.organisation_id = seller AND a.party_id = customer AND a.code IN ('2203.customer', '9102.gift')
      ORDER BY a.code, l.starts;
  END IF;
END $$;

-- Everything a sale of a line wrote, for its reversal.
CREATE FUNCTION sale_of(line text) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT json_build_object('id', e.id::text, 'key', e.key,
    'vouchers', (SELECT json_agg(json_build_object('organisation', v.organisation_id, 'templates', v.templates,
        'inputs', v.inputs::text[], 'accounts', v.accounts::text[], 'amounts', v.amounts::text[],
        'plan', CASE WHEN v.plan_basis IS NOT NULL THEN json_build_object('revenue', v.plan_revenue::text, 'vat', v.plan_vat::text,
          'cost', v.plan_cost::text, 'basis', v.plan_basis, 'months', v.plan_months) END) ORDER BY q.n)
      FROM unnest(e.books, e.periods) WITH ORDINALITY q (book, period, n)
      JOIN voucher v ON v.organisation_id = q.book AND v.period = q.period AND v.event_id = e.id),
    'guarded', (SELECT coalesce(json_agg(b.account_id::text), '[]') FROM balance b WHERE b.floor IS NOT NULL AND b.account_id IN
      (SELECT unnest(v.accounts) FROM unnest(e.books, e.periods) q (book, period)
       JOIN voucher v ON v.organisation_id = q.book AND v.period = q.period AND v.event_id = e.id)),
    'items', (SELECT coalesce(json_agg(json_build_object('seller', s.seller_id, 'buyer', s.buyer_id, 'kind', s.kind, 'gross', s.gross::text,
        'commission', s.commission::text, 'paidBy', s.paid_by, 'settleable', s.settleable)), '[]')
      FROM settlement_item s WHERE s.buyer_id = ANY (e.books) AND s.event_id = e.id AND s.source = line))
  FROM event e WHERE e.type = 'sale' AND e.source = line AND e.outcome = 'posted'
$$;

-- Holds of an order (reference `ORDER`) and of its lines' edges (`ORDER/LINE`) that still hold something.
CREATE FUNCTION open_holds(order_number text)
RETURNS TABLE (reference text, organisation_id uuid, code text, party_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  SELECT h.reference, a.organisation_id, a.code, a.party_id FROM hold h JOIN account a ON a.id = h.account_id
  WHERE (h.reference = order_number OR h.reference COLLATE "C" > order_number || '/' COLLATE "C"
         AND h.reference COLLATE "C" < order_number || '0' COLLATE "C")
    AND h.placed > h.captured + h.released
  ORDER BY h.reference, h.account_id
$$;

-- The service of a line began; the first call counts.
CREATE FUNCTION activate(line text, at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
  INSERT INTO activation (source, activated_at) VALUES (line, at) ON CONFLICT DO NOTHING
$$;

-- A parked book refuses postings until it is released.
CREATE FUNCTION park(organisation uuid, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7310, number) FROM book WHERE organisation_id = organisation;
  UPDATE book SET state = CASE WHEN reason IS NULL THEN 'active' ELSE 'parked' END, parked_reason = reason
    WHERE organisation_id = organisation;
END $$;

-- Gives numbers to a book's vouchers of open and closed months, in order of recording, and seals each run of numbers into
-- the chain. Rows of transactions still in flight wait for the next run. Answers how many were numbered.
CREATE FUNCTION number_vouchers(organisation uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
  month date; last integer; given integer; total integer := 0; link integer; previous bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7311, number) FROM book WHERE organisation_id = organisation;
  FOR month IN SELECT DISTINCT v.period FROM voucher v WHERE v.organisation_id = organisation AND NOT EXISTS
      (SELECT FROM voucher_number w WHERE w.organisation_id = organisation AND w.period = v.period AND w.event_id = v.event_id)
      ORDER BY 1 LOOP
    SELECT coalesce(max(number), 0) INTO last FROM voucher_number w WHERE w.organisation_id = organisation AND w.period = month;
    INSERT INTO voucher_number (organisation_id, period, number, event_id)
      SELECT organisation, month, last + row_number() OVER (ORDER BY v.event_id), v.event_id
      FROM voucher v
      WHERE v.organisation_id = organisation AND v.period = month AND NOT EXISTS
        (SELECT FROM voucher_number w WHERE w.organisation_id = organisation AND w.period = month AND w.event_id = v.event_id);
    GET DIAGNOSTICS given = ROW_COUNT;
    CONTINUE WHEN given = 0;
    SELECT coalesce(max(c.position), 0) + 1 INTO link FROM chain_link c WHERE c.organisation_id = organisation;
    SELECT coalesce((SELECT c.hash FROM chain_link c WHERE c.organisation_id = organisation AND c.position = link - 1), ''::bytea)
      INTO previous;
    INSERT INTO chain_link (organisation_id, position, period, first_number, last_number, previous_hash, hash)
      VALUES (organisation, link, month, last + 1, last + given, previous,
              link_hash(organisation, link, month, last + 1, last + given, previous));
    total := total + given;
  END LOOP;
  RETURN total;
END $$;

-- Closes a book's first open month: numbers its vouchers, freezes its trial balance. A later fact of that month goes to
-- the next one, with its own date beside the accounting date.
CREATE FUNCTION close_period(organisation uuid) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE month date;
BEGIN
  PERFORM pg_advisory_xact_lock(7310, number) FROM book WHERE organisation_id = organisation;
  SELECT open_from INTO STRICT month FROM book WHERE organisation_id = organisation FOR NO KEY UPDATE;
  PERFORM number_vouchers(organisation);
  INSERT INTO closed_balance (organisation_id, period, account_id, opening, debit, credit)
    SELECT organisation, month, account_id, opening, debit, credit FROM month_balance(organisation, month);
  INSERT INTO closed_period (organisation_id, period, hash) VALUES (organisation, month, month_hash(organisation, month));
  UPDATE book SET open_from = (month + interval '1 month')::date WHERE organisation_id = organisation;
  RETURN month;
END $$;
