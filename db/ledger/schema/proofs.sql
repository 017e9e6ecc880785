-- What the checks compute again from the vouchers alone.

-- Hash of a run of numbered vouchers: every stored column of every row, in number order, after the previous hash.
CREATE FUNCTION link_hash(organisation uuid, link integer, month date, first_number integer, last_number integer, previous bytea)
RETURNS bytea LANGUAGE sql STABLE SET search_path = ledger, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' AS $$
  SELECT sha256(previous || convert_to(concat_ws('|', organisation, link, month, first_number, last_number), 'UTF8')
    || coalesce(string_agg(sha256(convert_to(n.number || v::text, 'UTF8')), ''::bytea ORDER BY n.number), ''::bytea))
  FROM voucher_number n JOIN voucher v USING (organisation_id, period, event_id)
  WHERE n.organisation_id = organisation AND n.period = month AND n.number BETWEEN first_number AND last_number
$$;

-- Hash of one voucher's content, as the poster computed it.
CREATE FUNCTION content_hash(key text, v voucher) RETURNS bytea LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
  SELECT sha256(convert_to(concat_ws('|', key, v.organisation_id, v.type, v.source, v.templates, array_to_string(v.inputs, ','),
    array_to_string(v.accounts, ','), array_to_string(v.amounts, ','), CASE WHEN v.red THEN 'red' ELSE '' END), 'UTF8'))
$$;

-- Trial balance of a month: opening, turnover of both sides.
CREATE FUNCTION month_balance(organisation uuid, month date)
RETURNS TABLE (account_id bigint, opening bigint, debit bigint, credit bigint)
LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
  SELECT e.account_id, coalesce(sum(e.effect) FILTER (WHERE e.period < month), 0)::bigint,
         coalesce(sum(e.amount) FILTER (WHERE e.period = month AND e.side = 'debit'), 0)::bigint,
         coalesce(sum(e.amount) FILTER (WHERE e.period = month AND e.side = 'credit'), 0)::bigint
  FROM entry e WHERE e.organisation_id = organisation AND e.period <= month GROUP BY e.account_id
$$;

CREATE FUNCTION month_hash(organisation uuid, month date) RETURNS bytea
LANGUAGE sql STABLE SET search_path = ledger, pg_temp AS $$
  SELECT sha256(convert_to(coalesce(string_agg(concat_ws('|', m.account_id, m.opening, m.debit, m.credit), ';' ORDER BY m.account_id), ''), 'UTF8'))
  FROM month_balance(organisation, month) m
$$;
