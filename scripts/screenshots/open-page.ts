import type { Page as Tab } from 'playwright-core';
import { areaOf, type Looker, type Page } from './pages.ts';

/** Opens a page; false where it is behind a link that this world has not (yet). */
export async function openPage(tab: Tab, page: Page, looker: Looker): Promise<boolean> {
  await tab.goto(page.path.replace('{area}', areaOf(looker)), { waitUntil: 'load' });
  if (page.follow && !(await followLink(tab, page.follow))) return false;
  if (page.then instanceof RegExp) return followLink(tab, page.then);
  if (page.then !== undefined) await tab.goto(new URL(tab.url()).pathname + page.then, { waitUntil: 'load' });
  return true;
}

/** Opens the first link whose path matches; false when there is none. */
async function followLink(tab: Tab, pattern: RegExp): Promise<boolean> {
  const links = tab.locator('main a');
  const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  const path = paths.find((candidate) => pattern.test(candidate));
  if (path === undefined) return false;
  await tab.goto(path, { waitUntil: 'load' });
  return true;
}
