-- The posting function: a batch of events in one transaction, one event is a batch of one. Equivalent to posting them
-- one by one in the order given. Locks books (shared), event keys sorted, guarded balances by id, other balances by id;
-- folds guarded balances and holds in order; a rejected event writes nothing but its outcome; asserts; inserts; changes
-- each balance once.
--
-- Arguments are parallel arrays: b book, e event, v voucher, a guarded account (ascending ids), g line on one of them,
-- o operation on a hold, h hold, s settlement item. `*_event`, `*_book`, `*_position`, `o_hold`, `s_seller`, `s_buyer` are
-- indexes into e, b, a, h, s_party. Hashes are 32 bytes each, one after the other.
--
-- Answers one letter an event: p posted now, d posted before by the same key, r rejected (now or before), c the key
-- was used with another payload, a the line was sold or the event reversed before under another key, k a book is
-- parked (nothing remembered, try again later).
-- Errors: KL001 a book's revision changed, KL002 the caller's guards are out of date, KL003 an assertion failed.
CREATE OR REPLACE FUNCTION post(
  b_organisation uuid[], b_revision bigint[],
  e_key text[], e_hash bytea, e_type text[], e_source text[], e_date date[], e_at timestamptz[], e_channel text[],
  e_reverses bigint[],
  v_event integer[], v_book integer[], v_templates text[], v_inputs text[], v_accounts text[], v_amounts text[],
  v_red boolean[], v_hash bytea, v_revenue bigint[], v_vat bigint[], v_cost bigint[], v_basis text[], v_months integer[],
  a_id bigint[],
  g_event integer[], g_position integer[], g_amount bigint[],
  o_event integer[], o_book integer[], o_kind text[], o_position integer[], o_hold integer[], o_amount bigint[],
  h_reference text[], h_position integer[],
  s_event integer[], s_party uuid[], s_seller integer[], s_buyer integer[], s_kind text[], s_gross bigint[], s_commission bigint[],
  s_paid_by text[], s_settleable text[],
  OUT outcomes text, OUT event_ids bigint[], OUT answers jsonb
) LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ledger, pg_temp
  SET plan_cache_mode = force_generic_plan
  -- Loops over the sorted delta change balances in id order; a hash join would not.
  SET enable_hashjoin = off
  SET enable_mergejoin = off
AS $body$
#variable_conflict use_variable
DECLARE
  n constant integer := cardinality(e_key);
  b_state text[]; b_open date[]; b_current bigint[];
  v_period date[]; v_date date[]; v_first integer[]; v_last integer[];
  e_state text[]; e_id bigint[]; e_answer jsonb[]; inserted bigint[];
  a_floor bigint[]; a_available bigint[]; a_balance bigint[]; a_moves bigint[]; a_received bigint[]; a_spent bigint[];
  a_locked bigint[];
  h_placed bigint[]; h_captured bigint[]; h_released bigint[]; h_touched boolean[];
  m_event integer[] := '{}'; m_position integer[] := '{}'; m_amount bigint[] := '{}';
  m_order bigint[] := '{}'; m_balance bigint[] := '{}'; m_reached bigint[] := '{}'; m integer := 0; m_mark integer;
  t_event integer[] := '{}'; t_kind text[] := '{}'; t_position integer[] := '{}'; t_hold integer[] := '{}';
  t_amount bigint[] := '{}'; t integer := 0; t_mark integer;
  o integer := 1; g integer := 1; i integer; j integer; k integer; at integer; h integer;
  x bigint; rest bigint; carry bigint; step text; reason text; missing bigint; told jsonb;
  vouchers integer; changed integer; named integer; unbalanced integer; unguarded integer; unmirrored integer; expected integer;
BEGIN
  -- Books. Closing takes the same lock exclusively, so nothing slips into a closed month.
  PERFORM pg_advisory_xact_lock_shared(7310, s.number)
    FROM (SELECT number FROM book WHERE organisation_id = ANY (b_organisation) ORDER BY number OFFSET 0) s;
  SELECT array_agg(b.state ORDER BY w.n), array_agg(b.open_from ORDER BY w.n), array_agg(b.revision ORDER BY w.n)
    INTO b_state, b_open, b_current
    FROM unnest(b_organisation) WITH ORDINALITY w (id, n) JOIN book b ON b.organisation_id = w.id;
  IF b_current IS DISTINCT FROM b_revision AND cardinality(b_organisation) > 0 THEN
    RAISE EXCEPTION 'a book changed' USING ERRCODE = 'KL001';
  END IF;
  v_date := ARRAY(SELECT greatest(e_date[v.event], b_open[v.book]) FROM unnest(v_event, v_book) v (event, book));
  v_period := ARRAY(SELECT date_trunc('month', d)::date FROM unnest(v_date) d);

  -- Events. A key that is there already is answered as it was; a parked book refuses without a trace.
  e_state := array_fill('p'::text, ARRAY[n]);
  e_answer := array_fill(NULL::jsonb, ARRAY[n]);
  IF 'parked' = ANY (b_state) THEN
    FOR j IN 1 .. cardinality(v_event) LOOP
      IF b_state[v_book[j]] = 'parked' THEN e_state[v_event[j]] := 'k'; END IF;
    END LOOP;
    FOR j IN 1 .. cardinality(o_event) LOOP
      IF b_state[o_book[j]] = 'parked' THEN e_state[o_event[j]] := 'k'; END IF;
    END LOOP;
  END IF;
  e_id := ARRAY(SELECT nextval('event_id') FROM generate_series(1, n));
  v_first := array_fill(NULL::integer, ARRAY[n]);
  v_last := v_first;
  FOR j IN 1 .. cardinality(v_event) LOOP
    i := v_event[j];
    IF v_first[i] IS NULL THEN v_first[i] := j; END IF;
    v_last[i] := j;
  END LOOP;
  WITH fresh AS (
    INSERT INTO event (id, key, payload_hash, type, source, event_date, occurred_at, outcome, books, periods, reverses)
    SELECT e_id[e.n], e.key, substr(e_hash, (e.n::integer - 1) * 32 + 1, 32), e.type, e.source, e.date, e.at, 'posted',
           ARRAY(SELECT b_organisation[v_book[q]] FROM generate_series(v_first[e.n], v_last[e.n]) q),
           ARRAY(SELECT v_period[q] FROM generate_series(v_first[e.n], v_last[e.n]) q),
           e.reverses
    FROM unnest(e_key, e_type, e_source, e_date, e_at, e_reverses) WITH ORDINALITY e (key, type, source, date, at, reverses, n)
    WHERE e_state[e.n] = 'p'
    ORDER BY e.key COLLATE "C"
    ON CONFLICT DO NOTHING
    RETURNING id)
  SELECT array_agg(id) INTO inserted FROM fresh;
  IF coalesce(cardinality(inserted), 0) < n THEN
    FOR i IN 1 .. n LOOP
      IF e_state[i] = 'p' AND NOT coalesce(e_id[i] = ANY (inserted), false) THEN
        SELECT CASE WHEN w.payload_hash <> substr(e_hash, (i - 1) * 32 + 1, 32) THEN 'c'
                    WHEN w.outcome = 'rejected' THEN 'r' ELSE 'd' END, w.id, w.answer
          INTO step, x, told FROM event w WHERE w.key = e_key[i];
        IF FOUND THEN
          e_state[i] := step; e_id[i] := x; e_answer[i] := told;
        ELSE
          e_state[i] := 'a';
          SELECT jsonb_build_object('key', w.key) INTO told FROM event w
            WHERE w.outcome = 'posted' AND CASE WHEN e_reverses[i] IS NULL THEN w.type = 'sale' AND w.source = e_source[i]
                                                ELSE w.reverses = e_reverses[i] END;
          IF NOT FOUND THEN RAISE EXCEPTION 'event % was neither written nor found', e_key[i] USING ERRCODE = 'KL003'; END IF;
          e_answer[i] := told;
        END IF;
      END IF;
    END LOOP;
  END IF;

  -- Guarded balances and holds. The others are not read, so it is enough that they are changed in id order below.
  SELECT array_agg(w.account_id), array_agg(w.floor), array_agg(w.credit - w.debit - w.held + w.floor),
         array_agg(w.credit - w.debit), array_agg(w.moves), array_agg(w.received), array_agg(w.spent)
    INTO a_locked, a_floor, a_available, a_balance, a_moves, a_received, a_spent
    FROM (SELECT * FROM balance WHERE account_id = ANY (a_id) ORDER BY account_id FOR NO KEY UPDATE) w;
  IF coalesce(a_locked, '{}') <> a_id THEN
    RAISE EXCEPTION '% accounts named, % locked', cardinality(a_id), coalesce(cardinality(a_locked), 0) USING ERRCODE = 'KL003';
  END IF;
  IF array_position(a_floor, NULL) IS NOT NULL THEN RAISE EXCEPTION 'guards changed' USING ERRCODE = 'KL002'; END IF;
  IF cardinality(h_reference) > 0 THEN
    SELECT array_agg(coalesce(w.placed, 0) ORDER BY q.n), array_agg(coalesce(w.captured, 0) ORDER BY q.n),
           array_agg(coalesce(w.released, 0) ORDER BY q.n), array_agg(false)
      INTO h_placed, h_captured, h_released, h_touched
      FROM unnest(h_reference, h_position) WITH ORDINALITY q (reference, position, n)
      LEFT JOIN hold w ON w.reference = q.reference AND w.account_id = a_id[q.position];
  END IF;

  -- The fold.
  FOR i IN 1 .. n LOOP
    IF e_state[i] <> 'p' THEN
      WHILE o_event[o] = i LOOP o := o + 1; END LOOP;
      WHILE g_event[g] = i LOOP g := g + 1; END LOOP;
      CONTINUE;
    END IF;
    reason := NULL; m_mark := m; t_mark := t; carry := 0;
    WHILE o_event[o] = i LOOP
      at := o_position[o]; h := o_hold[o]; x := o_amount[o];
      IF reason IS NULL THEN
        rest := h_placed[h] - h_captured[h] - h_released[h];
        CASE o_kind[o]
          WHEN 'hold' THEN step := 'placed';
          WHEN 'hold-up-to' THEN step := 'placed'; carry := x; x := least(x, greatest(a_available[at], 0)); carry := carry - x;
          WHEN 'hold-rest' THEN step := 'placed'; x := carry;
          WHEN 'capture' THEN step := 'captured';
          WHEN 'capture-up-to' THEN step := 'captured'; x := least(x, rest);
          WHEN 'release' THEN step := 'released'; x := coalesce(x, rest);
        END CASE;
        IF step = 'placed' AND a_available[at] < x THEN
          reason := 'INSUFFICIENT_BALANCE'; missing := x - a_available[at]; k := at;
        ELSIF step <> 'placed' AND rest < x THEN
          reason := 'HOLD_EXHAUSTED'; missing := x - rest; k := at;
        ELSIF x > 0 THEN
          t := t + 1;
          t_event[t] := i; t_kind[t] := step; t_position[t] := at; t_hold[t] := h; t_amount[t] := x;
          IF step = 'placed' THEN
            h_placed[h] := h_placed[h] + x; a_available[at] := a_available[at] - x;
          ELSIF step = 'captured' THEN
            h_captured[h] := h_captured[h] + x; a_available[at] := a_available[at] + x;
          ELSE
            h_released[h] := h_released[h] + x; a_available[at] := a_available[at] + x;
          END IF;
        END IF;
      END IF;
      o := o + 1;
    END LOOP;
    j := g;
    WHILE g_event[g] = i LOOP
      IF reason IS NULL THEN
        at := g_position[g]; x := -g_amount[g];
        a_available[at] := a_available[at] + x; a_balance[at] := a_balance[at] + x; a_moves[at] := a_moves[at] + 1;
        m := m + 1;
        m_event[m] := i; m_position[m] := at; m_amount[m] := x; m_order[m] := a_moves[at]; m_balance[m] := a_balance[at];
        IF x < 0 THEN
          a_spent[at] := a_spent[at] - x; m_reached[m] := a_spent[at];
        ELSE
          a_received[at] := a_received[at] + x; m_reached[m] := a_received[at];
        END IF;
      END IF;
      g := g + 1;
    END LOOP;
    WHILE j < g AND reason IS NULL LOOP
      IF a_available[g_position[j]] < 0 AND g_amount[j] > 0 THEN
        reason := 'INSUFFICIENT_BALANCE'; k := g_position[j]; missing := -a_available[k];
      END IF;
      j := j + 1;
    END LOOP;
    IF reason IS NOT NULL THEN
      WHILE m > m_mark LOOP
        at := m_position[m]; x := m_amount[m];
        a_available[at] := a_available[at] - x; a_balance[at] := a_balance[at] - x; a_moves[at] := a_moves[at] - 1;
        IF x < 0 THEN a_spent[at] := a_spent[at] + x; ELSE a_received[at] := a_received[at] - x; END IF;
        m := m - 1;
      END LOOP;
      WHILE t > t_mark LOOP
        at := t_position[t]; h := t_hold[t]; x := t_amount[t];
        IF t_kind[t] = 'placed' THEN
          h_placed[h] := h_placed[h] - x; a_available[at] := a_available[at] + x;
        ELSIF t_kind[t] = 'captured' THEN
          h_captured[h] := h_captured[h] - x; a_available[at] := a_available[at] - x;
        ELSE
          h_released[h] := h_released[h] - x; a_available[at] := a_available[at] - x;
        END IF;
        t := t - 1;
      END LOOP;
      e_state[i] := 'r';
      e_answer[i] := jsonb_build_object('reason', reason, 'missing', missing::text, 'account', a_id[k]::text);
    ELSIF v_first[i] IS NULL THEN
      e_answer[i] := jsonb_build_object('steps', (
        SELECT jsonb_agg(jsonb_build_object('kind', t_kind[q], 'account', a_id[t_position[q]]::text, 'amount', t_amount[q]::text) ORDER BY q)
        FROM generate_series(t_mark + 1, t) q));
    END IF;
  END LOOP;

  -- Outcomes that differ from a plain 'posted'.
  IF 'r' = ANY (e_state) OR cardinality(array_remove(e_answer, NULL)) > 0 THEN
  UPDATE event w SET outcome = CASE q.state WHEN 'r' THEN 'rejected' ELSE 'posted' END, answer = q.answer
    FROM unnest(e_key, e_state, e_answer, e_id) q (key, state, answer, id)
    WHERE q.answer IS NOT NULL AND q.state IN ('p', 'r') AND w.key = q.key AND w.id = ANY (inserted) AND w.xid = pg_current_xact_id();
  END IF;

  -- Vouchers, and every balance once.
  WITH posted AS (
    INSERT INTO voucher (organisation_id, period, event_id, accounting_date, event_date, type, source, templates, inputs,
                         accounts, amounts, red, reverses, content_hash, plan_revenue, plan_vat, plan_cost, plan_basis, plan_months)
    SELECT b_organisation[v.book], v_period[v.n], e_id[v.event], v_date[v.n], e_date[v.event], e_type[v.event],
           e_source[v.event], v.templates, v.inputs::bigint[], v.accounts::bigint[], v.amounts::bigint[], v.red,
           e_reverses[v.event], substr(v_hash, (v.n::integer - 1) * 32 + 1, 32), v.revenue, v.vat, v.cost, v.basis, v.months
    FROM unnest(v_event, v_book, v_templates, v_inputs, v_accounts, v_amounts, v_red, v_revenue, v_vat, v_cost, v_basis, v_months)
         WITH ORDINALITY v (event, book, templates, inputs, accounts, amounts, red, revenue, vat, cost, basis, months, n)
    WHERE e_state[v.event] = 'p'
    RETURNING accounts, amounts, red),
  line AS MATERIALIZED (
    SELECT l.account_id, l.effect, w.red FROM posted w, unnest(w.accounts, w.amounts) l (account_id, effect)),
  delta AS MATERIALIZED (
    SELECT d.account_id, sum(d.debit)::bigint AS debit, sum(d.credit)::bigint AS credit, sum(d.held)::bigint AS held,
           sum(d.moves)::bigint AS moves, sum(d.received)::bigint AS received, sum(d.spent)::bigint AS spent
    FROM (SELECT l.account_id, CASE WHEN (l.effect > 0) <> l.red THEN l.effect ELSE 0 END AS debit,
                 CASE WHEN (l.effect > 0) <> l.red THEN 0 ELSE -l.effect END AS credit,
                 0::bigint AS held, 0::bigint AS moves, 0::bigint AS received, 0::bigint AS spent FROM line l
          UNION ALL
          SELECT a_id[q.at], 0, 0, 0, 1, greatest(q.amount, 0), greatest(-q.amount, 0)
            FROM unnest(m_position[1:m], m_amount[1:m]) q (at, amount)
          UNION ALL
          SELECT a_id[q.at], 0, 0, CASE q.kind WHEN 'placed' THEN q.amount ELSE -q.amount END, 0, 0, 0
            FROM unnest(t_position[1:t], t_kind[1:t], t_amount[1:t]) q (at, kind, amount)) d
    GROUP BY d.account_id ORDER BY d.account_id),
  updated AS (
    UPDATE balance w SET debit = w.debit + d.debit, credit = w.credit + d.credit, held = w.held + d.held,
                         moves = w.moves + d.moves, received = w.received + d.received, spent = w.spent + d.spent
    FROM delta d WHERE w.account_id = d.account_id
    RETURNING w.account_id, w.mirror_id, d.debit - d.credit AS effect,
              w.floor IS NOT NULL AND w.received - w.spent <> w.credit - w.debit OR w.floor IS NULL AND d.moves > 0 AS unguarded)
  SELECT (SELECT count(*) FROM posted),
         (SELECT count(*) FROM posted w WHERE (SELECT sum(q) FROM unnest(w.amounts) q) <> 0),
         (SELECT count(*) FROM delta), (SELECT count(*) FROM updated), (SELECT count(*) FROM updated q WHERE q.unguarded),
         (SELECT count(*) FROM (SELECT FROM updated q WHERE q.mirror_id IS NOT NULL
                                GROUP BY least(q.account_id, q.mirror_id) HAVING sum(q.effect) <> 0) z)
    INTO vouchers, unbalanced, named, changed, unguarded, unmirrored;
  SELECT count(*) INTO expected FROM unnest(v_event) q WHERE e_state[q] = 'p';
  IF vouchers <> expected OR unbalanced > 0 OR changed <> named OR unmirrored > 0 THEN
    RAISE EXCEPTION 'posting is wrong: % of % vouchers, % unbalanced, % of % balances, % mirrors apart', vouchers, expected,
      unbalanced, changed, named, unmirrored USING ERRCODE = 'KL003';
  END IF;
  IF unguarded > 0 THEN RAISE EXCEPTION 'guards changed' USING ERRCODE = 'KL002'; END IF;

  -- What goes with them.
  IF m > 0 THEN
    INSERT INTO movement (account_id, position, event_id, amount, balance_after, reached)
      SELECT a_id[q.at], q.place, e_id[q.event], q.amount, q.balance, q.reached
      FROM unnest(m_position[1:m], m_order[1:m], m_event[1:m], m_amount[1:m], m_balance[1:m], m_reached[1:m])
           q (at, place, event, amount, balance, reached);
    INSERT INTO lot (account_id, starts, ends, event_id, channel, source)
      SELECT a_id[q.at], q.reached - q.amount, q.reached, e_id[q.event], e_channel[q.event], e_source[q.event]
      FROM unnest(m_position[1:m], m_event[1:m], m_amount[1:m], m_reached[1:m]) q (at, event, amount, reached)
      WHERE q.amount > 0 AND e_channel[q.event] IS NOT NULL;
    FOR j IN 1 .. m LOOP
      IF e_reverses[m_event[j]] IS NOT NULL AND m_amount[j] > 0 THEN
        -- Money that comes back keeps the channel it came by: one lot for each lot it was spent from.
        INSERT INTO lot (account_id, starts, ends, event_id, channel, source)
          SELECT a_id[m_position[j]], m_reached[j] - m_amount[j] + q.after - q.size, m_reached[j] - m_amount[j] + q.after,
                 e_id[m_event[j]], q.channel, q.source
          FROM (SELECT w.channel, w.source, y.size, sum(y.size) OVER (ORDER BY w.starts) AS after
                FROM movement u JOIN lot w ON w.account_id = u.account_id AND w.starts < u.reached AND w.ends > u.reached + u.amount,
                     LATERAL (SELECT least(w.ends, u.reached) - greatest(w.starts, u.reached + u.amount) AS size) y
                WHERE u.account_id = a_id[m_position[j]] AND u.event_id = e_reverses[m_event[j]] AND u.amount < 0) q;
      END IF;
    END LOOP;
  END IF;
  IF t > 0 THEN
    -- Only now: the steps of refused events are gone from t, and with them the holds that nothing was placed in.
    FOR j IN 1 .. t LOOP h_touched[t_hold[j]] := true; END LOOP;
    INSERT INTO hold (reference, account_id, placed, captured, released)
      SELECT q.reference, a_id[q.at], q.placed, q.captured, q.released
      FROM unnest(h_reference, h_position, h_placed, h_captured, h_released, h_touched) q (reference, at, placed, captured, released, touched)
      WHERE q.touched
      ON CONFLICT (reference, account_id) DO UPDATE
        SET placed = excluded.placed, captured = excluded.captured, released = excluded.released;
    INSERT INTO hold_step (event_id, position, reference, account_id, kind, amount)
      SELECT e_id[q.event], q.n, h_reference[q.hold], a_id[q.at], q.kind, q.amount
      FROM unnest(t_event[1:t], t_hold[1:t], t_position[1:t], t_kind[1:t], t_amount[1:t]) WITH ORDINALITY
           q (event, hold, at, kind, amount, n);
  END IF;
  INSERT INTO settlement_item (seller_id, buyer_id, event_id, source, kind, gross, commission, paid_by, settleable)
    SELECT s_party[q.seller], s_party[q.buyer], e_id[q.event], e_source[q.event], q.kind, q.gross, q.commission, q.paid_by, q.settleable
    FROM unnest(s_event, s_seller, s_buyer, s_kind, s_gross, s_commission, s_paid_by, s_settleable)
         q (event, seller, buyer, kind, gross, commission, paid_by, settleable)
    WHERE e_state[q.event] = 'p';

  outcomes := array_to_string(e_state, '');
  event_ids := e_id;
  SELECT jsonb_object_agg(q.n, q.answer) INTO answers FROM unnest(e_answer) WITH ORDINALITY q (answer, n) WHERE q.answer IS NOT NULL;
END $body$;
