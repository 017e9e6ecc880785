import { randomUUID } from 'node:crypto';
import { useCashier } from '../../sandbox/control.ts';
import { waitFor } from '../../support/wait.ts';
import { site, type Visitor } from './browser.ts';

/** Calls the api as the visitor's browser does; fails on anything but success. */
export async function call<T>(
  { context }: Visitor,
  method: 'GET' | 'POST',
  path: string,
  data?: unknown,
): Promise<T> {
  const session = await context.request.get(`${site()}/api/v1/session`);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const answer = await context.request.fetch(`${site()}/api/v1${path}`, {
    method,
    ...(data === undefined ? {} : { data }),
    headers: {
      Origin: site(),
      'Sec-Fetch-Site': 'same-origin',
      'X-CSRF-Token': csrfToken,
      'Idempotency-Key': randomUUID(),
    },
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Recharges by Alipay; answers when the money is booked. `amount` in 分. */
export async function recharge(visitor: Visitor, amount: string): Promise<void> {
  const { number, payUrl } = await call<{ number: string; payUrl: string }>(visitor, 'POST', '/recharges', {
    amount,
  });
  await useCashier(payUrl, 'pay');
  await waitFor(
    `recharge ${number} to be booked`,
    async () => (await call<{ state: string }>(visitor, 'GET', `/recharges/${number}`)).state === 'succeeded',
    30_000,
  );
}

interface CartLine {
  id: string;
  planId: string;
  quantity: string;
  months: number;
  pieces: number;
  configuration: Record<string, string>;
  breakdown: { payable: string };
}

/** Buys one plan from an empty cart out of the wallet; answers the order's number. */
export async function buy(
  visitor: Visitor,
  choice: { plan: string; quantity?: string; months?: number; pieces?: number },
): Promise<string> {
  await call(visitor, 'POST', '/cart/lines', choice);
  const { items } = await call<{ items: CartLine[] }>(visitor, 'GET', '/cart');
  const { number } = await call<{ number: string }>(visitor, 'POST', '/orders', {
    items: items.map(({ id, planId, quantity, months, pieces, configuration, breakdown }) => ({
      ...{ planId, quantity, months, pieces, configuration },
      priceSeen: breakdown.payable,
      cartLineId: id,
    })),
  });
  await call(visitor, 'POST', `/orders/${number}/pay`);
  return number;
}
