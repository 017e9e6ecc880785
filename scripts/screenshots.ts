/**
 * Pictures of every page as the people who see it, in Chinese and English, on a desk and on a phone, into
 * .kboss/screenshots. Needs the product running with its demo world (`npm start`).
 *
 *     npm run screenshots                           everything
 *     npm run screenshots -- cart order             pages whose name begins so
 *     npm run screenshots -- --site http://…        another address than that of this clone
 *     npm run screenshots -- --once                 Chinese on a desk only
 *     npm run screenshots -- --dark                 in the dark theme
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page as Tab } from 'playwright-core';
import { demoPassword } from '../db/seeds/organisations.ts';
import { openPage } from './screenshots/open-page.ts';
import { lookers, pages, type Looker, type Page } from './screenshots/pages.ts';
import { chromiumLaunch } from './servers/chromium.ts';
import { root, stateDirectory } from './start/state-directory.ts';

const languages = ['zh', 'en'] as const;
const screens = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } } as const;

const given = process.argv.slice(2);
const siteGiven = given.includes('--site') ? given[given.indexOf('--site') + 1] : undefined;
const names = given.filter((argument) => !argument.startsWith('--') && argument !== siteGiven);
const isOnce = given.includes('--once');
const isDark = given.includes('--dark');
const site = siteGiven ?? siteOfThisClone();
const folder = join(root, '.kboss', 'screenshots');
mkdirSync(folder, { recursive: true });

const wanted = pages.filter(
  ({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)),
);
const browser = await chromium.launch(chromiumLaunch());
const faults: string[] = [];
try {
  for (const looker of Object.keys(lookers) as Looker[]) {
    const seen = wanted.filter(({ as }) => as.includes(looker));
    if (seen.length > 0) await look(browser, looker, seen);
  }
} finally {
  await browser.close();
}
process.stdout.write(`${faults.map((fault) => `${fault}\n`).join('')}pictures in ${folder}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** The address that `npm start` wrote when it was ready. */
function siteOfThisClone(): string {
  const file = join(stateDirectory(), 'addresses.json');
  if (!existsSync(file)) throw new Error('nothing runs here: `npm start` first, or say --site ADDRESS');
  return (JSON.parse(readFileSync(file, 'utf8')) as { site: string }).site;
}

/** All pages of one person, in one browser session. */
async function look(within: Browser, looker: Looker, seen: readonly Page[]): Promise<void> {
  const context = await within.newContext({
    baseURL: site,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: isDark ? 'dark' : 'light',
  });
  const phone = lookers[looker];
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[134]/.test(message.text())) {
      faults.push(`${looker} ${tab.url()}: ${message.text()}`);
    }
  });
  tab.on('pageerror', (error) => faults.push(`${looker} ${tab.url()}: ${error.message}`));
  if (phone !== null) await signIn(context, tab, phone);
  for (const page of seen) {
    for (const language of isOnce ? (['zh'] as const) : languages) {
      await context.addCookies([{ name: 'kboss_language', value: language, url: site }]);
      await takePictures(tab, page, looker, language);
    }
  }
  await context.close();
}

async function signIn(context: BrowserContext, tab: Tab, phone: string): Promise<void> {
  await tab.goto('/sign-in');
  const answer = await context.request.post(`${site}/api/v1/sign-in/password`, {
    data: { phone, password: demoPassword },
    headers: { Origin: site, 'Sec-Fetch-Site': 'same-origin' },
  });
  if (!answer.ok()) throw new Error(`${phone} could not sign in: ${answer.status()} ${await answer.text()}`);
}

async function takePictures(tab: Tab, page: Page, looker: Looker, language: string): Promise<void> {
  for (const [width, size] of Object.entries(screens)) {
    if (isOnce && width !== '1440') continue;
    await tab.setViewportSize(size);
    if (!(await openPage(tab, page, looker))) return;
    await tab.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);
    const file = [page.name, looker, language, width, ...(isDark ? ['dark'] : [])].join('.');
    await tab.screenshot({ path: join(folder, `${file}.png`), fullPage: true });
  }
}
