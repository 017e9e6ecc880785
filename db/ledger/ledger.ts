import pg from 'pg';
import { BusinessError } from '../../domain/errors.ts';
import { standardChart } from '../../domain/ledger/chart.ts';
import type { Address } from '../../domain/ledger/draft.ts';
import {
  edgeAccount,
  holdDraft,
  releaseDraft,
  releaseEdgesDraft,
  reserveDraft,
} from '../../domain/ledger/holds.ts';
import { depositDraft, giftDraft, rechargeDraft } from '../../domain/ledger/money-in.ts';
import { saleDraft } from '../../domain/ledger/sale.ts';
import { compileTemplate } from '../../domain/ledger/template.ts';
import { standardTemplates } from '../../domain/ledger/templates.ts';
import type { Query } from './books.ts';
import { findBroken, listBooks } from './care.ts';
import type { Ledger, Outcome, Posted, Rejected, Wallet } from './face.ts';
import { Poster, type Verdict } from './poster.ts';
import { reversalOf } from './reversal.ts';

export type { Held, Ledger, Outcome, Rejected } from './face.ts';

/** Opens the ledger as the worker role; one a process, for one flight at a time needs one batcher. */
export function openLedger(url: string): Ledger {
  const pool = new pg.Pool({
    connectionString: url,
    max: 3,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced by the next query.
  pool.on('error', () => {});
  const query: Query = async <Row>(text: string, values: unknown[]) =>
    (await pool.query({ name: text.slice(0, 60), text, values })).rows as Row[];
  const poster = new Poster(query);

  const holdsOf = async (orderNo: string): Promise<{ at: Address; reference: string }[]> => {
    type Row = { reference: string; organisation_id: string; code: string; party_id: string };
    const rows = await query<Row>('select * from ledger.open_holds($1)', [orderNo]);
    return rows.map((row) => ({
      reference: row.reference,
      at: { organisation: row.organisation_id, account: row.code, party: row.party_id },
    }));
  };

  return {
    openBook: async (organisation, { firstPeriod, reversalStyle = 'red', policies = {} }) => {
      await query('select ledger.open_book($1, $2, $3, $4, $5, $6)', [
        organisation,
        firstPeriod,
        JSON.stringify(standardChart),
        JSON.stringify(standardTemplates),
        JSON.stringify(policies),
        reversalStyle,
      ]);
    },
    addChartAccount: async (organisation, account) => {
      await query('select ledger.add_chart_account($1, $2)', [organisation, JSON.stringify(account)]);
    },
    activateTemplate: async (organisation, template) => {
      const titles = await query<{ code: string }>('select code from ledger.titles($1) code', [organisation]);
      compileTemplate(template, new Set(titles.map(({ code }) => code)));
      await query('select ledger.activate_template($1, $2)', [organisation, JSON.stringify(template)]);
    },
    setCreditLimit: async ({ seller, buyer, mode, limit }) => {
      await poster.books.loadBooks([seller]);
      const address = { organisation: seller, account: edgeAccount(mode, 'credit'), party: buyer };
      await poster.books.loadPlaces([address]);
      const { id } = poster.books.place(seller, address.account, buyer)!;
      const [row] = await query<{ done: boolean }>('select ledger.set_limit($1, $2) as done', [id, limit]);
      return row!.done;
    },
    park: async (organisation, reason) => {
      await query('select ledger.park($1, $2)', [organisation, reason]);
    },

    recharge: async (recharge) => posted(await poster.post(rechargeDraft(recharge))),
    giveGift: async (gift) => posted(await poster.post(giftDraft(gift))),
    deposit: async (deposit) => posted(await poster.post(depositDraft(deposit))),
    placeHold: async (request) => {
      const { seller, customer } = request;
      const verdict = await poster.post(holdDraft(request));
      if (verdict.outcome === 'rejected') return rejected(verdict);
      const cash = String(poster.books.place(seller, '2203.customer', customer)?.id);
      let held = { gift: 0n, cash: 0n };
      for (const { account, amount } of verdict.answer.steps ?? []) {
        held = account === cash ? { ...held, cash: BigInt(amount) } : { ...held, gift: BigInt(amount) };
      }
      return { outcome: 'held', ...held, repeated: verdict.outcome === 'repeated' };
    },
    releaseHold: async (request) => {
      const { amount, gift = 0n } = request;
      const parts = (await holdsOf(request.orderNo))
        .filter(({ reference }) => reference === request.orderNo)
        .map(({ at }) => {
          const cash = amount === undefined ? null : amount - gift;
          const part = at.account === '9102.gift' ? (amount === undefined ? null : gift) : cash;
          return { at, amount: part };
        });
      return outcomeOf(await poster.post(releaseDraft(request, parts)));
    },
    reserveEdges: async (request) => outcomeOf(await poster.post(reserveDraft(request))),
    releaseEdges: async (request) => {
      const edges = (await holdsOf(request.orderNo)).filter(({ reference }) =>
        request.lineNo === undefined ? reference !== request.orderNo : reference === request.lineNo,
      );
      return posted(await poster.post(releaseEdgesDraft(request, edges)));
    },
    sell: async (sale) => outcomeOf(await poster.post(saleDraft(sale))),
    refundSale: async (request) => {
      const reversal = await reversalOf(request, query);
      if (!reversal) throw new BusinessError('SALE_NOT_FOUND', { line: request.lineNo });
      return posted(await poster.submit(reversal.payload, reversal.submission));
    },
    activate: async (lineNo, at) => {
      await query('select ledger.activate($1, $2)', [lineNo, at]);
    },
    wallet: async (customer, seller) => {
      type Row = { cash: string; gift: string; held: string };
      const [row] = await query<Row>('select * from ledger.wallet_of($1, $2)', [customer, seller]);
      return walletOf(row);
    },

    numberVouchers: async (organisation) => {
      const [row] = await query<{ n: number }>('select ledger.number_vouchers($1) as n', [organisation]);
      return row!.n;
    },
    listBooks: () => listBooks(pool),
    findBroken: () => findBroken(pool),
    closePeriod: async (organisation) => {
      const [row] = await query<{ month: string }>('select ledger.close_period($1)::text as month', [
        organisation,
      ]);
      return row!.month;
    },
    close: () => pool.end(),
  };
}

/** A row of `ledger.wallet` as a wallet; none is an empty one. */
function walletOf(row: { cash: string; gift: string; held: string } | undefined): Wallet {
  const [cash, gift, held] = [BigInt(row?.cash ?? 0), BigInt(row?.gift ?? 0), BigInt(row?.held ?? 0)];
  return { cash, gift, held, available: cash + gift - held };
}

function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.outcome === 'rejected') return rejected(verdict);
  return { outcome: 'posted', eventId: verdict.eventId, repeated: verdict.outcome === 'repeated' };
}

/** For events that only bring money or free it: a refusal would be a defect. */
function posted(verdict: Verdict): Posted {
  const outcome = outcomeOf(verdict);
  if (outcome.outcome === 'rejected')
    throw new Error(`${verdict.prepared.key} was refused: ${outcome.reason}`);
  return outcome;
}

function rejected({ answer, prepared }: Verdict): Rejected {
  const operation = prepared.operations.find(({ account }) => String(account) === answer.account);
  const at = operation?.at ?? null;
  const isEdge = at !== null && at.account !== '2203.customer' && at.account !== '9102.gift';
  return {
    outcome: 'rejected',
    reason: answer.reason ?? 'INSUFFICIENT_BALANCE',
    missing: BigInt(answer.missing ?? 0),
    account: at,
    edge: isEdge ? { seller: at.organisation, buyer: at.party } : null,
  };
}
