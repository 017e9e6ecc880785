/** A check of the ledger: what must hold, and a query whose rows say where it does not. */
export interface SqlCheck {
  readonly id: string;
  readonly rule: { readonly zh: string; readonly en: string };
  readonly sql: string;
}

/**
 * Checks C1–C10 (design: ledger 8), computed from the vouchers alone and compared with every projection of them. Each
 * row a query answers is one violation in its column `violation`.
 */
export const sqlChecks: readonly SqlCheck[] = [
  {
    id: 'C1',
    rule: { zh: '每张凭证、每本账借贷平衡', en: 'Every voucher and every book balances' },
    sql: `SELECT format('voucher of event %s in book %s is off by %s', event_id, organisation_id, sum(effect)) AS violation
      FROM ledger.entry GROUP BY event_id, organisation_id HAVING sum(effect) <> 0`,
  },
  {
    id: 'C2',
    rule: { zh: '账户余额等于分录之和', en: 'Every balance is the sum of its entries' },
    sql: `WITH entries AS (
        SELECT account_id, sum(amount) FILTER (WHERE side = 'debit') AS debit, sum(amount) FILTER (WHERE side = 'credit') AS credit
        FROM ledger.entry GROUP BY account_id)
      SELECT format('account %s says %s/%s, its entries %s/%s', coalesce(b.account_id, e.account_id), b.debit, b.credit, e.debit, e.credit)
        AS violation
      FROM ledger.balance b FULL JOIN entries e USING (account_id)
      WHERE b.account_id IS NULL OR b.debit <> coalesce(e.debit, 0) OR b.credit <> coalesce(e.credit, 0)`,
  },
  {
    id: 'C2-holds',
    rule: {
      zh: '冻结金额等于未结清的冻结之和',
      en: 'What is held is the sum of open holds and of their steps',
    },
    sql: `SELECT format('account %s holds %s, its open holds %s', b.account_id, b.held, coalesce(h.open, 0)) AS violation
      FROM ledger.balance b LEFT JOIN (SELECT account_id, sum(placed - captured - released) AS open FROM ledger.hold GROUP BY 1) h
        USING (account_id) WHERE b.held <> coalesce(h.open, 0)
      UNION ALL
      SELECT format('hold %s of account %s differs from its steps', h.reference, h.account_id)
      FROM ledger.hold h FULL JOIN (SELECT reference, account_id, coalesce(sum(amount) FILTER (WHERE kind = 'placed'), 0) AS placed,
          coalesce(sum(amount) FILTER (WHERE kind = 'captured'), 0) AS captured,
          coalesce(sum(amount) FILTER (WHERE kind = 'released'), 0) AS released FROM ledger.hold_step GROUP BY 1, 2) s
        ON s.reference = h.reference AND s.account_id = h.account_id
      WHERE (h.placed, h.captured, h.released) IS DISTINCT FROM (s.placed, s.captured, s.released)`,
  },
  {
    id: 'C3',
    rule: { zh: '上下级往来账户互为镜像', en: 'Accounts of neighbours mirror each other' },
    sql: `SELECT format('%s of %s for %s is %s, its mirror %s', a.code, a.organisation_id, a.party_id, b.debit - b.credit,
               coalesce(o.credit - o.debit, 0)) AS violation
      FROM ledger.account a JOIN ledger.mirror m ON m.code = a.code OR m.mirrored_by = a.code
      JOIN ledger.balance b ON b.account_id = a.id
      JOIN ledger.book k ON k.organisation_id = a.party_id
      LEFT JOIN ledger.account x ON x.organisation_id = a.party_id AND x.party_id = a.organisation_id
        AND x.code = CASE WHEN m.code = a.code THEN m.mirrored_by ELSE m.code END
      LEFT JOIN ledger.balance o ON o.account_id = x.id
      WHERE b.debit - b.credit <> coalesce(o.credit - o.debit, 0)`,
  },
  {
    id: 'C4',
    rule: { zh: '受控账户不低于限额（含冻结）', en: 'No guarded account is below its limit, holds counted' },
    sql: `SELECT format('account %s is at %s with %s held', account_id, credit - debit, held) AS violation
      FROM ledger.balance WHERE floor IS NOT NULL AND credit - debit - held + floor < 0`,
  },
  {
    id: 'C4-pages',
    rule: {
      zh: '受控账户逐笔流水连续且等于余额',
      en: 'Pages of guarded accounts run on and end at the balance',
    },
    sql: `SELECT format('page %s of account %s does not follow', position, account_id) AS violation
      FROM (SELECT account_id, position, balance_after - amount AS before,
              lag(balance_after) OVER w AS previous, lag(position) OVER w AS last
            FROM ledger.movement WINDOW w AS (PARTITION BY account_id ORDER BY position)) m
      WHERE last IS NULL AND position <> 1 OR last IS NOT NULL AND (previous <> before OR position <> last + 1)
      UNION ALL
      SELECT format('account %s ends at %s, its pages at %s', b.account_id, b.credit - b.debit, m.balance_after)
      FROM ledger.balance b LEFT JOIN ledger.movement m ON m.account_id = b.account_id AND m.position = b.moves
      WHERE b.floor IS NOT NULL AND b.moves > 0 AND b.credit - b.debit IS DISTINCT FROM m.balance_after
      UNION ALL
      SELECT format('account %s has lots of %s for %s received', a.id, sum(l.ends - l.starts), b.received)
      FROM ledger.account a JOIN ledger.balance b ON b.account_id = a.id LEFT JOIN ledger.lot l ON l.account_id = a.id
      WHERE a.code IN ('2203.customer', '9102.gift') GROUP BY a.id, b.received
      HAVING coalesce(sum(l.ends - l.starts), 0) <> b.received`,
  },
  {
    id: 'C5',
    rule: { zh: '每个已入账事件恰有其应有的凭证', en: 'Every posted event has exactly its vouchers' },
    sql: `WITH said AS (SELECT e.id, q.book, q.period FROM ledger.event e, unnest(e.books, e.periods) q (book, period) WHERE e.outcome = 'posted')
      SELECT format('event %s and book %s: voucher %s', coalesce(s.id, v.event_id), coalesce(s.book, v.organisation_id),
             CASE WHEN s.id IS NULL THEN 'without event' ELSE 'missing' END) AS violation
      FROM said s FULL JOIN ledger.voucher v ON v.organisation_id = s.book AND v.period = s.period AND v.event_id = s.id
      WHERE s.id IS NULL OR v.event_id IS NULL
      UNION ALL
      SELECT format('voucher of event %s in book %s names an account of another book', e.event_id, e.organisation_id)
      FROM ledger.entry e LEFT JOIN ledger.account a ON a.id = e.account_id WHERE a.organisation_id IS DISTINCT FROM e.organisation_id
      UNION ALL
      SELECT format('event %s reverses nothing', e.id) FROM ledger.event e LEFT JOIN ledger.event o ON o.id = e.reverses
      WHERE e.reverses IS NOT NULL AND o.outcome IS DISTINCT FROM 'posted'`,
  },
  {
    id: 'C6',
    rule: { zh: '凭证内容摘要一致，封存链完整', en: 'Content hashes and the sealed chain are intact' },
    sql: `SELECT format('voucher of event %s in book %s was changed', v.event_id, v.organisation_id) AS violation
      FROM ledger.voucher v JOIN ledger.event e ON e.id = v.event_id WHERE v.content_hash <> ledger.content_hash(e.key, v)
      UNION ALL
      SELECT format('link %s of book %s is broken', c.position, c.organisation_id)
      FROM (SELECT *, lag(hash, 1, ''::bytea) OVER w AS before, lag(position, 1, 0) OVER w AS last FROM ledger.chain_link
            WINDOW w AS (PARTITION BY organisation_id ORDER BY position)) c
      WHERE c.previous_hash <> c.before OR c.position <> c.last + 1
        OR c.hash <> ledger.link_hash(c.organisation_id, c.position, c.period, c.first_number, c.last_number, c.previous_hash)
      UNION ALL
      SELECT format('book %s has numbers in %s that no link seals', n.organisation_id, n.period)
      FROM (SELECT organisation_id, period, count(*) AS numbers FROM ledger.voucher_number GROUP BY 1, 2) n
      LEFT JOIN (SELECT organisation_id, period, sum(last_number - first_number + 1) AS sealed FROM ledger.chain_link GROUP BY 1, 2) c
        USING (organisation_id, period) WHERE n.numbers IS DISTINCT FROM c.sealed`,
  },
  {
    id: 'C7',
    rule: { zh: '凭证号连续', en: 'Voucher numbers are contiguous' },
    sql: `SELECT format('book %s has %s vouchers numbered up to %s in %s', organisation_id, count(*), max(number), period) AS violation
      FROM ledger.voucher_number GROUP BY organisation_id, period HAVING count(*) <> max(number)
      UNION ALL
      SELECT format('number %s of book %s in %s has no voucher', n.number, n.organisation_id, n.period)
      FROM ledger.voucher_number n LEFT JOIN ledger.voucher v USING (organisation_id, period, event_id) WHERE v.event_id IS NULL`,
  },
  {
    id: 'C8',
    rule: { zh: '已结账期间未被改动', en: 'Closed months are unchanged' },
    sql: `SELECT format('month %s of book %s changed after it was closed', p.period, p.organisation_id) AS violation
      FROM ledger.closed_period p WHERE p.hash <> ledger.month_hash(p.organisation_id, p.period)`,
  },
  {
    id: 'C9',
    rule: {
      zh: '合同负债等于未确认计划，预收等于客户余额',
      en: 'Contract liability is what is left to recognise',
    },
    sql: `WITH planned AS (
        SELECT organisation_id, source, sum(revenue) AS revenue, sum(vat) AS vat, sum(cost) AS cost
        FROM ledger.recognition_plan GROUP BY 1, 2),
      booked AS (
        SELECT n.organisation_id, n.source, coalesce(-sum(n.effect) FILTER (WHERE a.code = '2205.order'), 0) AS revenue,
               coalesce(-sum(n.effect) FILTER (WHERE a.code = '222109'), 0) AS vat,
               coalesce(sum(n.effect) FILTER (WHERE a.code IN ('1123.order', '1123.supply')), 0) AS cost
        FROM ledger.entry n JOIN ledger.account a ON a.id = n.account_id
        WHERE a.code IN ('2205.order', '222109', '1123.order', '1123.supply') GROUP BY 1, 2)
      SELECT format('line %s in book %s has %s/%s/%s to recognise, the accounts hold %s/%s/%s', coalesce(p.source, b.source),
        coalesce(p.organisation_id, b.organisation_id), p.revenue, p.vat, p.cost, b.revenue, b.vat, b.cost) AS violation
      FROM planned p FULL JOIN booked b USING (organisation_id, source)
      WHERE (coalesce(p.revenue, 0), coalesce(p.vat, 0), coalesce(p.cost, 0)) <> (coalesce(b.revenue, 0), coalesce(b.vat, 0), coalesce(b.cost, 0))`,
  },
];
