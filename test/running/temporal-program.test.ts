import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadTemporal } from '../../scripts/servers/temporal-download.ts';

let server: Server;
let from: string;
let work: string;
const asked: string[] = [];

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'kboss-temporal-'));
  writeFileSync(join(work, 'temporal'), '#!/bin/sh\necho temporal version 9.9.9\n', { mode: 0o755 });
  spawnSync('tar', ['-czf', 'archive.tar.gz', 'temporal'], { cwd: work });
  rmSync(join(work, 'temporal'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.includes('v9.9.9')) response.end(readFileSync(join(work, 'archive.tar.gz')));
    else if (request.url?.includes('v8.8.8')) response.end('not an archive');
    else if (!request.url?.includes('v6.6.6')) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(work, { recursive: true, force: true });
});

test('the program is fetched for this machine and kept', async () => {
  const target = join(work, 'kept');
  expect(await downloadTemporal('9.9.9', target, work, { from })).toBe(true);
  expect(spawnSync(target, { encoding: 'utf8' }).stdout).toBe('temporal version 9.9.9\n');
  expect(asked[0]).toMatch(/^\/cli\/archive\/v9\.9\.9\?platform=(linux|darwin)&arch=(amd64|arm64)$/);
});

test.each([
  ['there is none', '7.7.7'],
  ['it is no archive', '8.8.8'],
  ['nobody answers', '6.6.6'],
])('nothing is kept when %s', async (_name, version) => {
  const target = join(work, 'not-kept');
  expect(await downloadTemporal(version, target, work, { from, milliseconds: 300 })).toBe(false);
  expect(existsSync(target)).toBe(false);
});
