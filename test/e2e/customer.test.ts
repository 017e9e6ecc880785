import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aVisitor, openBrowser, visit, type Visitor } from './support/browser.ts';
import { aKeyPair, codeFromPhone, overSsh, type KeyPair } from './support/outside.ts';

jest.setTimeout(120_000);

/**
 * The main job as a new customer of a second-level distributor does it: register on its storefront, compare, fill a
 * cart from three suppliers, pay by Alipay, watch it being opened, log in to the cluster.
 */
describe('a new customer', () => {
  const phone = `139${String(Date.now()).slice(-8)}`;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  let key: KeyPair;
  let orderNumber = '';

  beforeAll(async () => {
    key = aKeyPair();
    browser = await openBrowser();
    visitor = await aVisitor(browser);
    page = visitor.page;
  });
  afterAll(() => browser.close());

  const isSound = (): void => expect(visitor.complaints).toEqual([]);

  test('registers on the storefront of its distributor with a code sent to the telephone', async () => {
    await visit(page, '/s/jiangnan');
    const policy = (await visitor.context.request.get('/')).headers()['content-security-policy'] ?? '';
    const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? '';
    expect(scripts).toMatch(/'nonce-[A-Za-z0-9+/=_-]+'/);
    expect(scripts).not.toContain('unsafe-inline');
    await page.getByRole('banner').getByText('江南科算').first().waitFor();
    await page.getByRole('banner').getByRole('link', { name: '注册' }).click();
    await page.getByLabel('手机号').fill(phone);
    await page.getByRole('button', { name: '获取验证码' }).click();
    await page.getByLabel('验证码').fill(await codeFromPhone(phone));
    await page.getByLabel('密码').fill('Journey-2026-first');
    await page.getByLabel('姓名').fill('旅程用户');
    await page.getByLabel('单位名称').fill('旅程计算课题组');
    isSound();
    await page.getByRole('button', { name: '注册并登录' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    isSound();
  });

  test('keeps an SSH key for logging in', async () => {
    await visit(page, '/account/ssh-keys');
    await page.getByRole('button', { name: '添加公钥' }).first().click();
    await page.getByLabel('名称').fill('笔记本');
    await page.getByLabel('公钥', { exact: true }).fill(key.publicKey);
    await page.getByRole('button', { name: '添加公钥' }).last().click();
    await page.getByText('SHA256:').waitFor();
    isSound();
  });

  test('filters and compares two suppliers at the prices of its distributor', async () => {
    await visit(page, '/products?kind=supercomputing');
    isSound();
    for (const box of await page.getByLabel('加入对比').all()) await box.check();
    await page.getByRole('link', { name: /对比/ }).last().click();
    await page.waitForURL(/\/compare/);
    await page.getByLabel('只看不同').check();
    await page.getByText('Intel Xeon 8358').waitFor();
    await page.getByText('AMD EPYC 7763').waitFor();
    expect(await page.getByRole('row').filter({ hasText: '调度系统' }).count()).toBe(0);
    expect(page.url()).toMatch(/differences|only/);
    isSound();
  });

  test('fills one cart with core-hours of two suppliers and a cloud host of a third', async () => {
    for (const [product, quantity] of [
      ['east-hpc', '100'],
      ['west-hpc', '200'],
    ] as const) {
      await visit(page, `/products/${product}`);
      await page.getByLabel(/^数量/).fill(quantity);
      await page.getByRole('button', { name: '加入购物车' }).click();
      await page.getByText('已加入购物车').first().waitFor();
      isSound();
    }
    await visit(page, '/products/yunfan-host');
    await page.getByRole('button', { name: '加入购物车' }).click();
    await page.getByText('已加入购物车').first().waitFor();
    await visit(page, '/console/cart');
    // (100 × 0.08 + 200 × 0.06 + 68.00) × 0.95
    await page.getByText('¥83.60').first().waitFor();
    isSound();
  });

  test('submits the order and pays by Alipay what the wallet lacks', async () => {
    await page.getByRole('button', { name: '提交订单' }).click();
    await page.waitForURL(/\/console\/orders\/O/);
    orderNumber = new URL(page.url()).pathname.split('/').at(-1)!;
    isSound();
    await page.getByRole('button', { name: /用支付宝支付差额/ }).click();
    await page.waitForURL(/cashier/);
    await page
      .getByRole('button', { name: /付款|支付|Pay/ })
      .first()
      .click();
    await page.waitForURL((url) => url.pathname.startsWith('/console/'), { timeout: 30_000 });
  });

  test('watches every line until it is delivered', async () => {
    await visit(page, `/console/orders/${orderNumber}`);
    await page.getByText('已完成', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: '查看资源' }).nth(2).waitFor({ timeout: 60_000 });
    expect(await page.getByRole('link', { name: '查看资源' }).count()).toBe(3);
    isSound();
  });

  test('logs in to the cluster with what was bought and runs a job there', async () => {
    await visit(page, '/console/resources');
    await page
      .getByRole('link', { name: /东部超算/ })
      .first()
      .click();
    await page.getByRole('button', { name: '显示登录信息' }).click();
    const value = async (label: string): Promise<string> =>
      (
        await page
          .locator('dt', { hasText: new RegExp(`^${label}$`) })
          .locator('xpath=following-sibling::dd')
          .first()
          .innerText()
      )
        .split('\n')[0]!
        .trim();
    await page.getByText('登录节点').waitFor();
    isSound();
    const login = {
      host: await value('登录节点'),
      port: await value('端口'),
      user: await value('登录名'),
      key,
    };
    const account = await value('计费账户');
    expect(account).toBe(`kb-${orderNumber.toLowerCase()}-1`);
    const answer = await overSsh(login, `srun --account=${account} --partition=cpu --time=1 -n 2 hostname`);
    expect(answer.trim().split('\n')).toHaveLength(2);
  });

  test('finds every 分 in the wallet statement', async () => {
    await visit(page, '/console/wallet');
    await page.getByText('余额与流水').first().waitFor();
    expect(await page.getByText(orderNumber).count()).toBeGreaterThan(0);
    isSound();
  });
});
