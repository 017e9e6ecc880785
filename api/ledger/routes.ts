import { z } from 'zod';
import {
  listVouchers,
  readBalances,
  readTrialBalance,
  type VoucherPosition,
  type VoucherRow,
} from '../../db/ledger/read-books.ts';
import { readOwnOrder, readTitles } from '../../db/ledger/read-voucher.ts';
import { BusinessError } from '../../domain/errors.ts';
import { civilDate } from '../../domain/time.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema, fenSchema, instantSchema, pageOf, pageQuery, uuidSchema } from '../schemas.ts';

const mostAccounts = 2_000;
const periodSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
const sideSchema = z.enum(['debit', 'credit']);
const partySchema = z.object({ id: uuidSchema, name: z.string().nullable() }).nullable();
const titled = { code: z.string(), label: z.string(), name: bilingualSchema };

const voucherSchema = z.object({
  eventId: z.string(),
  /** 凭证号 of the month; null until it is given. */
  number: z.number().int().nullable(),
  period: periodSchema,
  accountingDate: z.iso.date(),
  /** The day it happened; differs from the accounting date when that month was closed. */
  eventDate: z.iso.date(),
  recordedAt: instantSchema,
  type: z.string(),
  /** The number of what it books: recharge, order line. */
  source: z.string(),
  isRed: z.boolean(),
  reverses: z.string().nullable(),
  lines: z.array(z.object({ ...titled, side: sideSchema, party: partySchema, amount: fenSchema })),
  debit: fenSchema,
  credit: fenSchema,
});

const accountType = z.enum(['asset', 'liability', 'equity', 'income', 'expense', 'memo']);

/** One's own book: vouchers, balances, trial balance. Nobody reads another's. */
export const ledgerRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/ledger/vouchers',
    permission: 'ledger.read',
    summary: 'Vouchers of one’s own book with their lines, latest month first',
    query: z.object({
      ...pageQuery,
      period: periodSchema.optional(),
      source: z.string().min(1).max(80).optional(),
    }),
    response: pageOf(voucherSchema),
    async handler(context) {
      const { cursor, limit, period, source } = context.query;
      const wanted = { position: positionOf(cursor), limit, period: period && `${period}-01`, source };
      const rows = await context.run((em) => listVouchers(em, context.session.organisationId, wanted), {
        readOnly: true,
      });
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      return { items: shown.map(voucherView), nextCursor: last ? cursorOf(last) : null };
    },
  }),
  route({
    method: 'get',
    path: '/ledger/vouchers/:period/:eventId',
    permission: 'ledger.read',
    summary: 'One voucher of one’s own book, with its titles and the order it books',
    params: z.object({ period: periodSchema, eventId: z.string().regex(/^[1-9]\d{0,17}$/) }),
    response: voucherSchema.extend({
      titles: z.array(bilingualSchema),
      /** The order, where its customer is one's own. */
      orderNumber: z.string().nullable(),
    }),
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(
        async (em) => {
          const { organisationId } = context.session;
          const at = { period: `${context.params.period}-01`, eventId: context.params.eventId };
          const [row] = await listVouchers(em, organisationId, { position: null, limit: 1, ...at });
          if (!row) throw new BusinessError('NOT_FOUND');
          return {
            ...voucherView(row),
            titles: await readTitles(em, organisationId, at),
            orderNumber: await readOwnOrder(em, organisationId, row.source),
          };
        },
        { readOnly: true },
      ),
  }),
  route({
    method: 'get',
    path: '/ledger/balances',
    permission: 'ledger.read',
    summary: 'Balances of one’s own book now, account by account',
    response: z.object({
      items: z.array(
        z.object({
          ...titled,
          type: accountType,
          side: sideSchema,
          party: partySchema,
          balance: fenSchema,
          held: fenSchema,
        }),
      ),
      /** True when there are more accounts than are shown. */
      isCut: z.boolean(),
    }),
    async handler(context) {
      const { organisationId } = context.session;
      const rows = await context.run((em) => readBalances(em, organisationId, mostAccounts + 1), {
        readOnly: true,
      });
      return { items: rows.slice(0, mostAccounts), isCut: rows.length > mostAccounts };
    },
  }),
  route({
    method: 'get',
    path: '/ledger/trial-balance',
    permission: 'ledger.read',
    summary: 'Trial balance of one’s own book for a month, the current one unless told',
    query: z.object({ period: periodSchema.optional() }),
    response: z.object({
      period: periodSchema,
      items: z.array(
        z.object({
          ...titled,
          type: accountType,
          side: sideSchema,
          opening: fenSchema,
          debit: fenSchema,
          credit: fenSchema,
          closing: fenSchema,
        }),
      ),
      debit: fenSchema,
      credit: fenSchema,
    }),
    async handler(context) {
      const period = context.query.period ?? civilDate(context.now).slice(0, 7);
      const { organisationId } = context.session;
      const items = await context.run((em) => readTrialBalance(em, organisationId, `${period}-01`), {
        readOnly: true,
      });
      const sum = (side: 'debit' | 'credit'): string =>
        String(items.reduce((total, row) => total + BigInt(row[side]), 0n));
      return { period, items, debit: sum('debit'), credit: sum('credit') };
    },
  }),
];

function voucherView({ recordedAt, period, ...row }: VoucherRow): z.input<typeof voucherSchema> {
  const sum = (side: 'debit' | 'credit'): string =>
    String(row.lines.reduce((total, line) => (line.side === side ? total + BigInt(line.amount) : total), 0n));
  return {
    ...row,
    period: period.slice(0, 7),
    recordedAt: instant(recordedAt),
    debit: sum('debit'),
    credit: sum('credit'),
  };
}

function cursorOf({ period, eventId }: VoucherRow): string {
  return Buffer.from(`${period}~${eventId}`).toString('base64url');
}

function positionOf(cursor: string | undefined): VoucherPosition | null {
  if (cursor === undefined) return null;
  const found = /^(\d{4}-\d{2}-01)~(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!found) throw new BusinessError('INVALID_INPUT', {}, { cursor: 'CURSOR_NOT_VALID' });
  return { period: found[1]!, eventId: found[2]! };
}
