import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page as Tab } from 'playwright-core';
import { openPage } from '../../scripts/screenshots/open-page.ts';
import { lookers, pages, type Looker } from '../../scripts/screenshots/pages.ts';
import { aVisitor, axeViolations, isLive, openBrowser, site, type Visitor } from './support/browser.ts';
import { signIn } from './support/people.ts';

jest.setTimeout(240_000);

/** How a page is looked at: Chinese on a desk by day, English on a phone by night. */
const looks = [
  { language: 'zh', width: 1440, colorScheme: 'light' },
  { language: 'en', width: 390, colorScheme: 'dark' },
] as const;

describe.each(Object.keys(lookers) as Looker[])('pages of %s', (looker) => {
  const seen = pages.filter(({ as }) => as.includes(looker));
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    visitor = await aVisitor(browser);
    const phone = lookers[looker];
    if (phone !== null) await signIn(visitor, phone);
  });
  afterAll(() => browser.close());

  test.each(looks)('are sound in $language, $width wide, $colorScheme', async (look) => {
    const { page: tab, context, complaints } = visitor;
    const faults: string[] = [];
    await prepare(context, tab, look);
    for (const page of seen) {
      if (!(await openPage(tab, page, looker))) continue;
      await isLive(tab);
      const found = [...(await axeViolations(tab)), ...(await overflow(tab)), ...complaints.splice(0)];
      faults.push(...found.map((fault) => `${page.name}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });
});

async function prepare(context: BrowserContext, tab: Tab, look: (typeof looks)[number]): Promise<void> {
  await context.addCookies([{ name: 'kboss_language', value: look.language, url: site() }]);
  await tab.setViewportSize({ width: look.width, height: 900 });
  await tab.emulateMedia({ colorScheme: look.colorScheme });
}

/** A page never scrolls sideways. */
async function overflow(tab: Tab): Promise<string[]> {
  const beyond = await tab.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return beyond > 0 ? [`${beyond} px wider than the screen`] : [];
}
