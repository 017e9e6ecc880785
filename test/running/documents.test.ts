import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const packages = ['package.json', 'web/package.json'].map(
  (file) => JSON.parse(read(file)) as Record<string, Record<string, string>>,
);
const documents = ['README.md', 'docs/operate.md'];

test('the README gives a reason for every package', () => {
  const named = packages.flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  );
  const readme = read('README.md');
  expect(named.filter((name) => !name.startsWith('@types/') && !readme.includes(`\`${name}\``))).toEqual([]);
});

test.each(documents)('%s names only commands that exist', (document) => {
  const commands = [...read(document).matchAll(/npm run ([a-z][a-z:-]*)/g)].map((match) => match[1]!);
  const known = Object.keys(packages[0]!.scripts!);
  expect(commands.filter((command) => !known.includes(command))).toEqual([]);
});

test.each(documents)('%s links only to files that exist', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#:]+)[)#]/g)].map((match) => match[1]!);
  expect(links.filter((link) => !existsSync(join(root, document, '..', link)))).toEqual([]);
});
