import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anApi, type Caller, type RunningApi } from '../../support/api.ts';
import { waitFor } from '../../support/wait.ts';
import { anEmptyWorld, aTree, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let api: RunningApi;
let admin: Caller;

interface Page {
  items: { id: string; name: string }[];
  nextCursor: string | null;
}

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  api = await anApi(world);
  admin = await api.as(tree.subDistributor.people.admin!);
});

afterAll(async () => {
  await api.close();
  await world.close();
});

const auditOf = (subject: string): Promise<{ action: string }[]> =>
  world.sql('select action from audit_event where subject_id = ? order by at, id', [subject]);

describe('customers', () => {
  test('are listed page by page, each once, latest first, rows of one microsecond included', async () => {
    const seller = tree.stranger;
    for (let round = 0; round < 12; round++) await world.anOrganisation({ kind: 'customer', parent: seller });
    await world.sql(
      `update customer_profile set created_at = '2026-03-01 00:00:00.123456+00' where seller_id = ?
         and customer_id in (select customer_id from customer_profile where seller_id = ? limit 6)`,
      [seller.id, seller.id],
    );
    const caller = await api.as(seller.people.finance!);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = (
        await caller.get(`/customers?limit=5${cursor ? `&cursor=${cursor}` : ''}`)
      ).json<Page>();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(13);
    expect(new Set(seen).size).toBe(13);
  });

  test('are found by a part of name or number, wildcards taken as they are', async () => {
    const found = await world.anOrganisation({
      kind: 'customer',
      parent: tree.distributor,
      name: '百分之100%实验室',
    });
    const caller = await api.as(tree.distributor.people.sales!);
    const search = async (text: string): Promise<string[]> =>
      (await caller.get(`/customers?search=${encodeURIComponent(text)}`))
        .json<Page>()
        .items.map(({ id }) => id);
    expect(await search('100%实')).toEqual([found.id]);
    expect(await search('100_实')).toEqual([]);
    expect(await search(found.number.slice(-8))).toEqual([found.id]);
    expect(await search('\\')).toEqual([]);
  });

  test('get an account manager of their seller, never a stranger', async () => {
    const path = `/customers/${tree.customer.id}/account-manager`;
    const sales = tree.subDistributor.people.sales!;
    const answer = await admin.put(path, { accountManagerId: sales.id });
    expect(answer.body).toMatchObject({ accountManager: { id: sales.id, name: sales.name } });
    const foreign = await admin.put(path, { accountManagerId: tree.stranger.people.sales!.id });
    expect(foreign.body).toMatchObject({ code: 'ACCOUNT_MANAGER_NOT_FOUND' });
    expect(await auditOf(tree.customer.id)).toMatchObject([{ action: 'customer.assigned' }]);
  });

  test('of a child distributor stay the child’s', async () => {
    const parent = await api.as(tree.distributor.people.admin!);
    expect((await parent.get(`/customers/${tree.customer.id}`)).status).toBe(404);
    const children = (await parent.get('/distributors')).json<Page>().items;
    expect(children.map(({ id }) => id)).toEqual([tree.subDistributor.id]);
  });
});

describe('members', () => {
  test('are added by phone, whether they are known or not, and sign in', async () => {
    const unknown = await admin.post('/members', { phone: '13611112222', name: '新人', roles: ['sales'] });
    expect(unknown).toMatchObject({
      status: 201,
      body: { name: '新人', phone: '136****2222', roles: ['sales'] },
    });
    const known = tree.directCustomer.people['customer-admin']!;
    const answer = await admin.post('/members', { phone: known.phone, name: 'x', roles: ['finance'] });
    expect(answer.body).toMatchObject({ userId: known.id, name: known.name });
    const again = await admin.post('/members', { phone: known.phone, name: 'x', roles: ['finance'] });
    expect(again.body).toMatchObject({ code: 'MEMBER_EXISTS', fields: { phone: expect.any(String) } });
    const caller = await api.as(known, tree.subDistributor.id);
    expect((await caller.get('/customers')).status).toBe(200);
    expect((await admin.delete(`/members/${known.id}`)).status).toBe(200);
    expect((await caller.get('/customers')).status).toBe(401);
    expect((await admin.post('/members', { phone: known.phone, name: 'x', roles: ['sales'] })).status).toBe(
      201,
    );
    expect((await auditOf(known.id)).map(({ action }) => action)).toEqual([
      'member.added',
      'member.left',
      'member.added',
    ]);
  });

  test('hold only roles of their kind of organisation', async () => {
    const { id } = tree.subDistributor.people.finance!;
    const answer = await admin.patch(`/members/${id}`, { roles: ['auditor'] });
    expect(answer.body).toMatchObject({
      code: 'ROLE_NOT_OF_KIND',
      fields: { roles: expect.stringContaining('auditor') },
    });
  });

  test('of which two admins cannot take the role from each other at once', async () => {
    const [first, second] = [tree.stranger.people.admin!, tree.stranger.people.operations!];
    const one = await api.as(first);
    await one.patch(`/members/${second.id}`, { roles: ['admin'] });
    const two = await api.as(second);
    const waiting = (): Promise<unknown[]> =>
      world.sql(`select 1 from pg_locks l join pg_stat_activity a using (pid)
                  where not l.granted and a.datname = current_database()`);
    const answers = await world.worker.asSystem('test', async (em) => {
      await em.execute('select 1 from organisation where id = ? for update', [tree.stranger.id]);
      const both = Promise.all([
        one.patch(`/members/${second.id}`, { roles: ['sales'] }),
        two.delete(`/members/${first.id}`),
      ]);
      await waitFor('both wait for the organisation', async () => (await waiting()).length === 2);
      return { both };
    });
    const statuses = (await answers.both).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
    const holders = await world.sql(
      `select 1 from membership where organisation_id = ? and state = 'active' and 'admin' = any(roles)`,
      [tree.stranger.id],
    );
    expect(holders).toHaveLength(1);
  });
});

describe('departments and projects', () => {
  test('a department is made, renamed, closed when nobody belongs to it, and its name is free again', async () => {
    const made = (await admin.post('/departments', { name: '政企部' })).json<{ id: string }>();
    const below = await admin.post('/departments', { name: '政企一组', parentId: made.id });
    expect(below).toMatchObject({ status: 201, body: { parentId: made.id } });
    expect((await admin.post('/departments', { name: '政企部' })).body).toMatchObject({ code: 'NAME_TAKEN' });
    expect((await admin.delete(`/departments/${made.id}`)).body).toMatchObject({ code: 'DEPARTMENT_IN_USE' });
    const { id } = below.json<{ id: string }>();
    expect((await admin.patch(`/departments/${id}`, { name: '政企二组' })).status).toBe(200);
    const member = tree.subDistributor.people.sales!.id;
    await admin.patch(`/members/${member}`, { departmentId: id });
    expect((await admin.delete(`/departments/${id}`)).status).toBe(409);
    await admin.patch(`/members/${member}`, { departmentId: null });
    expect((await admin.delete(`/departments/${id}`)).status).toBe(200);
    expect((await admin.delete(`/departments/${made.id}`)).status).toBe(200);
    expect((await admin.post('/departments', { name: '政企部' })).status).toBe(201);
  });

  test('a project is made, renamed and closed; the default one stays', async () => {
    const customer = await api.as(tree.customer.people['customer-admin']!);
    const made = await customer.post('/projects', { name: '材料计算' });
    const path = `/projects/${made.json<{ id: string }>().id}`;
    expect((await customer.patch(path, { name: '材料', state: 'closed' })).body).toMatchObject({
      name: '材料',
      state: 'closed',
    });
    const { items } = (await customer.get('/projects')).json<{
      items: { id: string; isDefault: boolean }[];
    }>();
    expect(items[0]).toMatchObject({ isDefault: true });
    const refused = await customer.patch(`/projects/${items[0]!.id}`, { state: 'closed' });
    expect(refused.body).toMatchObject({ code: 'DEFAULT_PROJECT' });
    const user = await api.as(tree.customer.people['customer-user']!);
    expect((await user.post('/projects', { name: 'x' })).body).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('invitation codes and storefront', () => {
  test('a code is made for an account manager and ends when told', async () => {
    const sales = await api.as(tree.subDistributor.people.sales!);
    const made = await sales.post('/invitation-codes', {
      campaign: '开学季',
      accountManagerId: tree.subDistributor.people.sales!.id,
      maxUses: 5,
    });
    const { code } = made.json<{ code: string }>();
    expect(code).toMatch(/^[A-Z0-9]{10}$/);
    expect((await sales.delete(`/invitation-codes/${code}`)).body).toMatchObject({
      validTo: expect.any(String),
    });
    const stranger = await api.as(tree.stranger.people.sales!);
    expect((await stranger.delete(`/invitation-codes/${code}`)).status).toBe(404);
  });

  test('a storefront is public, and its code and host belong to one', async () => {
    const body = {
      code: 'jn',
      host: 'jn.example.cn',
      name: { zh: '江南', en: 'Jiangnan' },
      colour: '#112233',
    };
    expect((await admin.put('/storefront', body)).body).toEqual(body);
    expect((await api.anonymous().get('/storefronts/jn')).body).toEqual({
      code: 'jn',
      name: { zh: '江南', en: 'Jiangnan' },
      colour: '#112233',
    });
    const other = await api.as(tree.distributor.people.operations!);
    expect((await other.put('/storefront', body)).body).toMatchObject({ code: 'NAME_TAKEN' });
    expect((await api.anonymous().get('/storefronts/nobody')).status).toBe(404);
  });
});

describe('SSH keys', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'kboss-keys-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const generate = (...options: string[]): { publicKey: string; privateKey: string; fingerprint: string } => {
    const path = join(directory, Math.random().toString(36).slice(2));
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'lab key', '-f', path, ...options]);
    const shown = execFileSync('ssh-keygen', ['-lf', `${path}.pub`]).toString();
    return {
      publicKey: readFileSync(`${path}.pub`, 'utf8'),
      privateKey: readFileSync(path, 'utf8'),
      fingerprint: shown.split(' ')[1]!,
    };
  };

  test.each([['ed25519'], ['ecdsa'], ['rsa', '-b', '3072']])(
    'of type %s are taken with the fingerprint that ssh-keygen shows',
    async (...type) => {
      const caller = await api.as(tree.customer.people['customer-user']!);
      const key = generate('-t', ...type);
      const answer = await caller.post('/ssh-keys', { publicKey: key.publicKey });
      expect(answer).toMatchObject({ status: 201, body: { name: 'lab key', fingerprint: key.fingerprint } });
      expect((await caller.post('/ssh-keys', { publicKey: key.publicKey })).body).toMatchObject({
        code: 'SSH_KEY_EXISTS',
      });
      const { id } = answer.json<{ id: string }>();
      const stranger = await api.as(tree.customer.people['customer-admin']!);
      expect((await stranger.delete(`/ssh-keys/${id}`)).status).toBe(404);
      expect((await caller.delete(`/ssh-keys/${id}`)).status).toBe(200);
      expect((await caller.get('/ssh-keys')).body).toEqual({ items: [] });
    },
  );

  test('that are private, short, of two lines, with options or broken are refused', async () => {
    const caller = await api.as(tree.customer.people['customer-user']!);
    const { privateKey, publicKey } = generate('-t', 'ed25519');
    const refuse = async (text: string): Promise<unknown> =>
      (await caller.post('/ssh-keys', { name: 'x', publicKey: text })).body.code;
    expect(await refuse(privateKey)).toBe('SSH_KEY_IS_PRIVATE');
    expect(await refuse(generate('-t', 'rsa', '-b', '2048').publicKey)).toBe('SSH_KEY_NOT_VALID');
    expect(await refuse(`${publicKey}${publicKey}`)).toBe('SSH_KEY_NOT_VALID');
    expect(await refuse(`command="rm -rf /" ${publicKey}`)).toBe('SSH_KEY_NOT_VALID');
    expect(await refuse(publicKey.slice(0, 60))).toBe('SSH_KEY_NOT_VALID');
    expect(await refuse('constructor AAAA')).toBe('SSH_KEY_NOT_VALID');
  });
});

test('messages are listed, counted and marked as read by their organisation', async () => {
  await world.sql(
    `insert into message (organisation_id, key, kind, details, created_at)
     select ?, 'k' || n, 'order-completed', '{"order":"O1"}', now() from generate_series(1, 3) n`,
    [tree.customer.id],
  );
  const caller = await api.as(tree.customer.people['customer-user']!);
  const listed = (await caller.get('/messages?limit=2')).json<Page & { unread: number }>();
  expect(listed).toMatchObject({ unread: 3, items: [{ details: { order: 'O1' } }, {}] });
  const id = listed.items[0]!.id;
  const stranger = await api.as(tree.directCustomer.people['customer-user']!);
  expect((await stranger.post(`/messages/${id}/read`)).status).toBe(404);
  expect((await caller.post(`/messages/${id}/read`)).status).toBe(200);
  expect((await caller.get('/messages?unread=true')).body).toMatchObject({ unread: 2 });
  await caller.post('/messages/read');
  expect((await caller.get('/messages?unread=true')).body).toMatchObject({ unread: 0, items: [] });
});

test('the audit trail is read page by page by who may, and cannot be changed', async () => {
  const page = (await admin.get('/audit-events?limit=3')).json<Page & { items: { action: string }[] }>();
  expect(page.items).toHaveLength(3);
  const next = await admin.get(`/audit-events?limit=3&cursor=${page.nextCursor}`);
  expect(next.json<Page>().items[0]!.id).not.toBe(page.items[2]!.id);
  const sales = await api.as(tree.subDistributor.people.sales!);
  expect((await sales.get('/audit-events')).body).toMatchObject({ code: 'FORBIDDEN', status: 403 });
  await expect(
    world.api.inOrganisation({ organisationId: tree.subDistributor.id }, (em) =>
      em.execute(`update audit_event set action = 'x'`),
    ),
  ).rejects.toThrow(/permission denied/);
  expect((await admin.get('/audit-events?cursor=bm9uc2Vuc2U')).body).toMatchObject({ code: 'INVALID_INPUT' });
});
