import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { aVisitor, openBrowser, visit, type Visitor } from './support/browser.ts';
import { signIn, signInByHand } from './support/people.ts';
import { buy, call, recharge } from './support/shopping.ts';
import { waitFor } from '../support/wait.ts';

jest.setTimeout(120_000);

/** Two hosts that people open by hand: one is delivered, the other cannot be and is paid back. */
describe('a manual work order', () => {
  let browser: Browser;
  let customer: Visitor;
  let staff: Visitor;
  let order = '';

  interface Line {
    line: number;
    state: string;
    resourceNumber: string | null;
  }
  const readOrder = () =>
    call<{ state: string; refunded: string; lines: Line[] }>(customer, 'GET', `/orders/${order}`);

  beforeAll(async () => {
    browser = await openBrowser();
    customer = await aVisitor(browser);
    staff = await aVisitor(browser);
    await signIn(customer, '13800000061');
    await recharge(customer, '200000');
    order = await buy(customer, { plan: 'nanhu-host-8c32g', months: 1, pieces: 2 });
    await waitFor(
      'both hosts to wait for people',
      async () => (await readOrder()).lines.every(({ state }) => state === 'inquiring'),
      30_000,
    );
  });
  afterAll(() => browser.close());

  const openWorkOrder = async (line: number): Promise<void> => {
    const { items } = await call<{ items: { number: string; orderNumber: string; line: number }[] }>(
      staff,
      'GET',
      '/work-orders',
    );
    const found = items.find((item) => item.orderNumber === order && item.line === line)!;
    await visit(staff.page, `/admin/work-orders/${found.number}`);
    await staff.page.getByRole('button', { name: '领取' }).click();
    await staff.page.getByText('反填接入信息').waitFor();
  };

  test('is claimed, opened by hand and back-filled by maintenance', async () => {
    await signInByHand(staff, '13800000004');
    await openWorkOrder(1);
    const { page } = staff;
    await page.getByLabel('地址').fill('10.20.0.5');
    await page.getByLabel('端口').fill('22');
    await page.getByLabel('登录名').fill('ubuntu');
    await page.getByLabel('密码').fill('By-hand-2026');
    await page.getByRole('button', { name: '提交并交付' }).click();
    await waitFor(
      'the first host to be active',
      async () => (await readOrder()).lines[0]!.state === 'active',
      30_000,
    );
    expect(staff.complaints).toEqual([]);
  });

  test('that cannot be opened pays the customer back', async () => {
    await openWorkOrder(2);
    const { page } = staff;
    await page.getByRole('button', { name: '无法开通' }).click();
    await page.getByLabel('原因').fill('机柜电力不足');
    await page.getByRole('button', { name: '无法开通' }).last().click();
    await waitFor('the order to end', async () => (await readOrder()).state === 'partially-refunded', 30_000);
    expect((await readOrder()).refunded).toBe('45000');
    expect(staff.complaints).toEqual([]);
  });

  test('ends with access for the customer, hidden until asked for, and the reason of the refund', async () => {
    const { page } = customer;
    await visit(page, `/console/orders/${order}`);
    await page.getByText('已退款').first().waitFor();
    const { lines } = await readOrder();
    await visit(page, `/console/resources/${lines[0]!.resourceNumber}`);
    expect(await page.getByText('By-hand-2026').count()).toBe(0);
    await page.getByRole('button', { name: '显示登录信息' }).click();
    await page.getByText('10.20.0.5').waitFor();
    expect(customer.complaints).toEqual([]);
  });

  test('is in the books of the platform, sale and red reversal, each voucher balanced', async () => {
    const finance = await aVisitor(browser);
    await signInByHand(finance, '13800000002');
    await visit(finance.page, '/admin/ledger');
    await finance.page.getByText(order).first().waitFor();
    await finance.page.locator(`tr:has-text("${order}") a, li:has-text("${order}") a`).first().click();
    await finance.page.getByText('记账凭证').first().waitFor();
    expect(finance.complaints).toEqual([]);
  });
});
