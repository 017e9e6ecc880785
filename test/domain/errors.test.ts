import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { errorMessage, errorRegistry, type ErrorCode } from '../../domain/errors.ts';

const entries = Object.entries(errorRegistry) as [ErrorCode, { status: number; zh: string; en: string }][];
/** `{zh}` and `{en}` are the two names of one thing, each in its own text. */
const placeholders = (text: string): Set<string> =>
  new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!.replace(/^(zh|en)$/, 'its name')));

test.each(entries)(
  '%s has a status, a text in each language, and the same placeholders in both',
  (code, texts) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    expect(texts.status).toBeGreaterThanOrEqual(400);
    expect(texts.status).toBeLessThan(600);
    expect(texts.zh).toMatch(/\p{Script=Han}/u);
    expect(texts.en).toMatch(/^[A-Z“][^\p{Script=Han}]*$/u);
    expect(texts.zh).not.toMatch(/[!！]/);
    expect(texts.en).not.toMatch(/!/);
    expect(placeholders(texts.zh)).toEqual(placeholders(texts.en));
    expect(texts.zh).not.toContain('{en}');
    expect(texts.en).not.toContain('{zh}');
  },
);

test('placeholders are filled from the details', () => {
  expect(errorMessage('TOO_MANY_REQUESTS', 'en', { seconds: 7 })).toContain('7 seconds');
  expect(errorMessage('TOO_MANY_REQUESTS', 'zh')).not.toContain('{');
});

test('every column’s errors are in the registry, and no code comes twice', async () => {
  const directory = join(import.meta.dirname, '../../domain');
  const files = readdirSync(directory).filter((name) => name.endsWith('.errors.ts'));
  const codes: string[] = [];
  for (const file of files) {
    const parts = (await import(join(directory, file))) as Record<string, object>;
    codes.push(...Object.values(parts).flatMap((part) => Object.keys(part)));
  }
  expect([...codes].sort()).toEqual(entries.map(([code]) => code).sort());
});
