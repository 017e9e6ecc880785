import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumLaunch } from '../../../scripts/servers/chromium.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const site = (): string => required('KBOSS_TEST_SITE');
export const sandbox = (): string => required('KBOSS_TEST_SANDBOX');

export function openBrowser(): Promise<Browser> {
  return chromium.launch(chromiumLaunch());
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the page complained of: uncaught errors, failed CSP, 5xx answers. */
  complaints: string[];
}

/** A person with a browser of their own: no cookies shared. Width 390 is a phone. */
export async function aVisitor(
  browser: Browser,
  options: { width?: number; language?: 'zh' | 'en' } = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: site(),
    locale: options.language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: options.width ?? 1440, height: 900 },
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/i.test(message.text()))
      complaints.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  return { context, page, complaints };
}

/** Opens a page and waits until its buttons answer. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await isLive(page);
}

/** Waits until the page that is open answers to clicks. */
export async function isLive(page: Page): Promise<void> {
  await page.locator('html[data-live]').waitFor({ state: 'attached' });
}

interface AxeResult {
  violations: { id: string; impact: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}

/** What axe finds wrong on the page as it stands, WCAG 2.1 A and AA, a line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const result = await page.evaluate<AxeResult>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  );
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} (${violation.impact}) ${node.target.join(' ')}`),
  );
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the journeys' global setup did not run`);
  return value;
}
