import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccountType, Side } from '../../domain/ledger/chart.ts';

type Bilingual = { zh: string; en: string };

interface Titled {
  code: string;
  label: string;
  name: Bilingual;
}

export interface PartyName {
  id: string;
  /** Null where the organisation has no name that this one may read. */
  name: string | null;
}

export interface VoucherLineRow extends Titled {
  side: Side;
  /** 分; below zero in a red voucher. */
  amount: string;
  party: PartyName | null;
}

export interface VoucherRow {
  eventId: string;
  /** 凭证号 of the month; null until it is given. */
  number: number | null;
  period: string;
  accountingDate: string;
  eventDate: string;
  recordedAt: Date;
  type: string;
  source: string;
  isRed: boolean;
  /** The event that this one reverses. */
  reverses: string | null;
  lines: VoucherLineRow[];
}

/** Where the next page of vouchers begins. */
export interface VoucherPosition {
  period: string;
  eventId: string;
}

// A seller's own name is its customers' and children's business; a parent is known by the name of its storefront.
const partyOf = (
  id: string,
): string => `case when ${id} = '00000000-0000-0000-0000-000000000000' then null else
  json_build_object('id', ${id}, 'name', coalesce((select o.name from organisation o where o.id = ${id}),
    (select s.name_zh from storefront s where s.organisation_id = ${id}))) end`;

/** Vouchers of one book, latest month and event first, one more than `limit`; an order's number finds its lines' too. */
export function listVouchers(
  em: EntityManager,
  organisationId: string,
  wanted: {
    position: VoucherPosition | null;
    limit: number;
    period?: string | undefined;
    source?: string | undefined;
    eventId?: string | undefined;
  },
): Promise<VoucherRow[]> {
  const filters: [string, unknown[]][] = [];
  if (wanted.period) filters.push(['and v.period = ?::date', [wanted.period]]);
  if (wanted.source) {
    const { source } = wanted;
    filters.push(['and (v.source = ? or starts_with(v.source, ?))', [source, `${source}/`]]);
  }
  if (wanted.eventId) filters.push(['and v.event_id = ?::bigint', [wanted.eventId]]);
  if (wanted.position) {
    const { period, eventId } = wanted.position;
    filters.push(['and (v.period, v.event_id) < (?::date, ?::bigint)', [period, eventId]]);
  }
  return em.execute<VoucherRow[]>(
    `select v.event_id::text as "eventId", n.number, v.period::text, v.accounting_date::text as "accountingDate",
       v.event_date::text as "eventDate", v.recorded_at as "recordedAt", v.type, v.source, v.red as "isRed",
       v.reverses::text, l.lines
     from (select * from ledger.voucher v where v.organisation_id = ? ${filters.map(([sql]) => sql).join(' ')}
           order by v.period desc, v.event_id desc limit ?) v
     left join ledger.voucher_number n
       on n.organisation_id = v.organisation_id and n.period = v.period and n.event_id = v.event_id
     cross join lateral (
       select json_agg(json_build_object('side', case when (e.effect > 0) <> v.red then 'debit' else 'credit' end,
           'amount', (case when v.red then -abs(e.effect) else abs(e.effect) end)::text, 'code', a.code, 'label', c.label,
           'name', c.name, 'party', ${partyOf('a.party_id')}) order by e.line) as lines
       from unnest(v.accounts, v.amounts) with ordinality e (account_id, effect, line)
       join ledger.account a on a.id = e.account_id
       join ledger.chart_account c on c.organisation_id = a.organisation_id and c.code = a.code) l
     order by v.period desc, v.event_id desc`,
    [organisationId, ...filters.flatMap(([, values]) => values), wanted.limit + 1],
  );
}

export interface TrialBalanceRow extends Titled {
  type: AccountType;
  /** The side on which the account grows; opening and closing are counted on it. */
  side: Side;
  opening: string;
  debit: string;
  credit: string;
  closing: string;
}

/** Trial balance (试算平衡表) of one book and month, a row a title that has moved. @param period first day of the month */
export function readTrialBalance(
  em: EntityManager,
  organisationId: string,
  period: string,
): Promise<TrialBalanceRow[]> {
  return em.execute<TrialBalanceRow[]>(
    `select c.code, c.label, c.name, c.type, c.side, sum(m.debit)::text as debit, sum(m.credit)::text as credit,
       (sum(m.opening) * case c.side when 'debit' then 1 else -1 end)::text as opening,
       (sum(m.opening + m.debit - m.credit) * case c.side when 'debit' then 1 else -1 end)::text as closing
     from ledger.month_balance(?::uuid, ?::date) m
     join ledger.account a on a.id = m.account_id
     join ledger.chart_account c on c.organisation_id = a.organisation_id and c.code = a.code
     group by c.code, c.label, c.name, c.type, c.side order by c.code`,
    [organisationId, period],
  );
}

export interface AccountBalanceRow extends Titled {
  type: AccountType;
  side: Side;
  party: PartyName | null;
  /** 分, on the side on which the account grows. */
  balance: string;
  held: string;
}

/** Balances of one book now, account by account; those at rest at zero are left out. */
export function readBalances(
  em: EntityManager,
  organisationId: string,
  limit: number,
): Promise<AccountBalanceRow[]> {
  return em.execute<AccountBalanceRow[]>(
    `select a.code, c.label, c.name, c.type, c.side, ${partyOf('a.party_id')} as party, b.held::text,
       ((b.debit - b.credit) * case c.side when 'debit' then 1 else -1 end)::text as balance
     from ledger.account a
     join ledger.balance b on b.account_id = a.id
     join ledger.chart_account c on c.organisation_id = a.organisation_id and c.code = a.code
     where a.organisation_id = ? and (b.debit <> b.credit or b.held <> 0)
     order by a.code, a.party_id limit ?`,
    [organisationId, limit],
  );
}
