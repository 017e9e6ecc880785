import type { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import { errorMessage, errorRegistry, type ErrorCode, type Language } from '../../domain/errors.ts';
import { progressOf } from '../../domain/orders/steps.ts';
import { readEvents, readLines, type LineRow, type OrderRow } from '../../db/orders/read-orders.ts';
import { instant } from '../pages.ts';
import type { orderSchema, orderSummarySchema } from './schemas.ts';

/** An order in a list. */
export function summaryView(row: OrderRow): z.input<typeof orderSummarySchema> {
  const { number, state, total, refunded, lineCount, titles } = row;
  return {
    number,
    state,
    total,
    refunded,
    lineCount,
    titles,
    submittedAt: instant(row.submittedAt),
    expiresAt: instant(row.expiresAt),
    paidAt: instant(row.paidAt),
    endedAt: instant(row.endedAt),
  };
}

/** An order with its lines and what happened to them. */
export async function orderView(
  em: EntityManager,
  row: OrderRow,
  language: Language,
): Promise<z.input<typeof orderSchema>> {
  const lines = await readLines(em, row.id);
  const events = await readEvents(em, row.id);
  return {
    ...summaryView(row),
    note: row.note,
    rechargeNumber: row.rechargeNumber,
    lines: lines.map((line) => lineView(line, language)),
    events: events.map(({ at, ...event }) => ({ ...event, at: instant(at) })),
  };
}

function lineView(row: LineRow, language: Language): z.input<typeof orderSchema>['lines'][number] {
  const { failureCode, activatedAt, kind, ...line } = row;
  return {
    ...line,
    kind: kind as ProductKind,
    progress: progressOf(row.state),
    failure: failureCode === null ? null : { code: failureCode, message: failureText(failureCode, language) },
    activatedAt: instant(activatedAt),
  };
}

function failureText(code: string, language: Language): string {
  const known = Object.hasOwn(errorRegistry, code) ? (code as ErrorCode) : 'SUPPLIER_FAILED';
  return errorMessage(known, language);
}
