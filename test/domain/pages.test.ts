import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { pages } from '../../scripts/screenshots/pages.ts';

test('every page of the site is among those that pictures are taken and faults are sought of', () => {
  const files = readdirSync(new URL('../../web/src/routes', import.meta.url), { recursive: true });
  const routes = files
    .map(String)
    .filter((file) => file.endsWith('+page.svelte'))
    .map((file) => routeOf(dirname(file)));
  const shown = new Set(pages.map(({ route, path }) => route ?? path));
  expect(routes.length).toBeGreaterThan(0);
  expect(routes.filter((route) => !shown.has(route))).toEqual([]);
});

/** "(desk)/[area=seller]/orders/[number]" → "{area}/orders/[number]". */
function routeOf(folder: string): string {
  const segments = folder.split('/').filter((segment) => segment !== '.' && !segment.startsWith('('));
  return `/${segments.join('/')}`.replace(/^\/\[area=\w+\]/, '{area}');
}
