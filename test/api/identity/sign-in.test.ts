import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anApi, type Answer, type Caller, type RunningApi } from '../../support/api.ts';
import { anEmptyWorld, aTree, worldPassword, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let api: RunningApi;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  api = await anApi(world, { env: { KBOSS_TRUST_PROXY: '1' } });
});

afterAll(async () => {
  await api.close();
  await world.close();
});

let lastAddress = 0;
/** Another address for each test, so that their failures do not add up. */
const fromElsewhere = () => ({ headers: { 'X-Forwarded-For': `10.0.0.${++lastAddress}` } });

const signIn = (
  caller: Caller,
  phone: string,
  password = worldPassword,
  options = fromElsewhere(),
): Promise<Answer> => caller.post('/sign-in/password', { phone, password }, options);

describe('sign-in by password', () => {
  test('answers person, place, permissions and menu, and sets a cookie that scripts cannot read', async () => {
    const caller = api.anonymous();
    const admin = tree.subDistributor.people.admin!;
    const answer = await signIn(caller, `+86 ${admin.phone}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      user: { id: admin.id, phone: expect.stringMatching(/^139\*{4}\d{4}$/) },
      organisation: { id: tree.subDistributor.id, kind: 'distributor', roles: ['admin'] },
      permissions: expect.arrayContaining(['customer.manage']),
      csrfToken: expect.any(String),
    });
    expect(answer.text).toContain('/partner/customers');
    expect(answer.headers.getSetCookie()[0]).toMatch(/^kboss_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    const session = await caller.get('/session');
    expect(session.body).toEqual(answer.body);
  });

  test('gives a new session and ends the one that the browser had', async () => {
    const caller = api.anonymous();
    const { phone } = tree.customer.people['customer-admin']!;
    await signIn(caller, phone);
    const first = caller.cookies.get('kboss_session')!;
    await signIn(caller, phone);
    expect(caller.cookies.get('kboss_session')).not.toBe(first);
    const old = api.anonymous();
    old.cookies.set('kboss_session', first);
    expect((await old.get('/session')).body.user).toBeNull();
  });

  test('an unknown number and a wrong password get the same answer, header for header', async () => {
    const known = await signIn(api.anonymous(), tree.platform.people.finance!.phone, 'wrong-password');
    const unknown = await signIn(api.anonymous(), '18800000000', 'wrong-password');
    expect(known.status).toBe(401);
    const comparable = ({ status, body, headers }: Answer) => ({
      status,
      body: { ...body, requestId: '' },
      headers: [...headers.keys()].sort(),
    });
    expect(comparable(unknown)).toEqual(comparable(known));
  });

  test('an unknown number takes as long as a wrong password', async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    const phones = { known: tree.platform.people.sales!.phone, unknown: '18800000001' };
    for (let round = 0; round < 9; round++) {
      for (const which of ['known', 'unknown'] as const) {
        const from = performance.now();
        await signIn(api.anonymous(), phones[which], 'wrong-password');
        times[which].push(performance.now() - from);
      }
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[4]!;
    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test.each(['known', 'unknown'])(
    'locks a %s number after ten failures, wherever they come from',
    async (which) => {
      const phone = which === 'known' ? tree.platform.people.operations!.phone : '18800000002';
      for (let round = 0; round < 10; round++) {
        expect((await signIn(api.anonymous(), phone, 'wrong-password')).status).toBe(401);
      }
      const locked = await signIn(api.anonymous(), phone);
      expect(locked.status).toBe(429);
      expect(locked.body).toMatchObject({ code: 'SIGN_IN_LOCKED' });
      expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
    },
  );

  test('failures in parallel cannot pass the limit together', async () => {
    const phone = '18800000003';
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => signIn(api.anonymous(), phone, 'wrong-password')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test('a success forgets earlier failures', async () => {
    const { phone } = tree.distributor.people.admin!;
    for (let round = 0; round < 12; round++) {
      const isWrong = round % 6 < 5;
      const answer = await signIn(api.anonymous(), phone, isWrong ? 'wrong-password' : worldPassword);
      expect(answer.status).toBe(isWrong ? 401 : 200);
    }
  });

  test('an address that guesses many numbers is stopped', async () => {
    const address = { headers: { 'X-Forwarded-For': '10.9.9.9' } };
    await world.sql(
      `insert into rate_limit (key, count, resets_at) values ('sign-in-address:10.9.9.9', 100, now() + interval '1 minute')`,
    );
    const answer = await signIn(api.anonymous(), tree.stranger.people.admin!.phone, worldPassword, address);
    expect(answer.body).toMatchObject({ code: 'SIGN_IN_LOCKED' });
  });

  test('forgets windows that ended long ago, and no other', async () => {
    await world.sql(
      `insert into rate_limit (key, count, resets_at) values ('old', 9, now() - interval '2 days'), ('new', 9, now())`,
    );
    await signIn(api.anonymous(), tree.distributor.people.maintenance!.phone);
    const left = await world.sql<{ key: string }>(`select key from rate_limit where key in ('old', 'new')`);
    expect(left).toEqual([{ key: 'new' }]);
  });

  test('a disabled person and one without an organisation do not get in', async () => {
    const { id, phone } = tree.stranger.people.sales!;
    await world.sql(`update membership set state = 'left' where user_id = ?`, [id]);
    expect((await signIn(api.anonymous(), phone)).body).toMatchObject({ code: 'NO_ORGANISATION' });
    await world.sql(`update user_account set state = 'disabled' where id = ?`, [id]);
    expect((await signIn(api.anonymous(), phone)).body).toMatchObject({ code: 'SIGN_IN_FAILED' });
  });

  test('success and failure stand in the audit trail', async () => {
    const { id, phone } = tree.stranger.people.maintenance!;
    await signIn(api.anonymous(), phone, 'wrong-password');
    await signIn(api.anonymous(), phone);
    const rows = await world.sql<{ action: string }>(
      'select action from audit_event where user_id = ? order by at',
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['sign-in.failed', 'sign-in.password']);
  });
});

describe('a session', () => {
  test('ends by sign-out', async () => {
    const caller = await api.as(tree.customer.people['customer-user']!);
    expect((await caller.get('/sessions')).status).toBe(200);
    const token = caller.cookies.get('kboss_session')!;
    expect((await caller.post('/sign-out')).status).toBe(200);
    expect(caller.cookies.has('kboss_session')).toBe(false);
    caller.cookies.set('kboss_session', token);
    expect((await caller.get('/sessions')).status).toBe(401);
  });

  test.each([
    ['idle for too long', `last_seen_at = now() - interval '13 hours'`],
    ['past its last instant', `expires_at = now() - interval '1 second'`],
  ])('is over when %s', async (_why, change) => {
    const person = tree.customer.people['customer-user']!;
    const caller = await api.as(person);
    expect((await caller.get('/sessions')).status).toBe(200);
    await world.sql(`update session set ${change} where user_id = ?`, [person.id]);
    expect((await caller.get('/sessions')).body).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  });

  test('is over at once when the member leaves, loses a right, or the organisation is suspended', async () => {
    const extra = await world.anOrganisation({ kind: 'customer', parent: tree.platform });
    const person = extra.people['customer-admin']!;
    const caller = await api.as(person);
    await world.sql(`update membership set roles = '{customer-user}' where user_id = ?`, [person.id]);
    expect((await caller.get('/session')).body.permissions).not.toContain('order.pay');
    await world.sql(`update organisation set state = 'suspended' where id = ?`, [extra.id]);
    expect((await caller.get('/session')).body.user).toBeNull();
  });

  test('is listed and can be revoked by its owner only', async () => {
    const person = tree.subDistributor.people.finance!;
    const [here, there] = [await api.as(person), await api.as(person)];
    const listed = (await here.get('/sessions')).json<{ items: { id: string; current: boolean }[] }>();
    expect(listed.items).toHaveLength(2);
    const other = listed.items.find(({ current }) => !current)!;
    const somebody = await api.as(tree.subDistributor.people.admin!);
    expect((await somebody.delete(`/sessions/${other.id}`)).status).toBe(404);
    expect((await here.delete(`/sessions/${other.id}`)).status).toBe(200);
    expect((await there.get('/sessions')).status).toBe(401);
  });

  test('moves to another organisation of the person, and to no other', async () => {
    const person = tree.customer.people['customer-admin']!;
    await world.sql(
      `insert into membership (organisation_id, user_id, roles, joined_at) values (?, ?, '{customer-user}', now())`,
      [tree.directCustomer.id, person.id],
    );
    const caller = await api.as(person);
    const before = caller.cookies.get('kboss_session');
    const answer = await caller.post('/session/organisation', { organisationId: tree.directCustomer.id });
    expect(answer.body).toMatchObject({
      organisation: { id: tree.directCustomer.id, roles: ['customer-user'] },
      storefront: { code: 'platform' },
    });
    expect(caller.cookies.get('kboss_session')).not.toBe(before);
    const foreign = await caller.post('/session/organisation', { organisationId: tree.stranger.id });
    expect(foreign.body).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('requests from other sites', () => {
  test.each([
    ['marked cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['marked same-site', { 'Sec-Fetch-Site': 'same-site' }],
    ['with a foreign origin', { Origin: 'https://evil.example' }],
    ['with an opaque origin', { Origin: 'null' }],
  ])('%s are refused, signed in or not', async (_what, headers) => {
    const { phone } = tree.directCustomer.people['customer-admin']!;
    const answer = await api
      .anonymous()
      .post('/sign-in/password', { phone, password: worldPassword }, { headers });
    expect(answer.body).toMatchObject({ status: 403, code: 'CROSS_SITE_REQUEST' });
  });

  test('a change without the session’s token is refused, a look is not', async () => {
    const caller = await api.as(tree.directCustomer.people['customer-admin']!);
    caller.csrfToken = 'x'.repeat(43);
    expect((await caller.post('/sign-out')).body).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
    caller.csrfToken = null;
    expect((await caller.post('/sign-out')).body).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
    expect((await caller.get('/sessions')).status).toBe(200);
  });

  test('same-origin requests with the token pass', async () => {
    const caller = await api.as(tree.directCustomer.people['customer-admin']!);
    const answer = await caller.post(
      '/sign-out',
      {},
      { headers: { 'Sec-Fetch-Site': 'same-origin', Origin: api.url } },
    );
    expect(answer.status).toBe(200);
  });
});

describe('the storefront', () => {
  const seen = async (caller: Caller, headers: Record<string, string> = {}): Promise<unknown> =>
    (await caller.get('/session', { headers })).json<{ storefront: { code: string } }>().storefront.code;

  test('is the platform’s, a cookie’s, a host name’s, and for a customer its seller’s whatever else is said', async () => {
    await world.sql(`update storefront set host = 'shop.other.example' where code = 'd-other'`);
    expect(await seen(api.anonymous())).toBe('platform');
    const visitor = api.anonymous();
    visitor.cookies.set('kboss_storefront', 'd-one');
    expect(await seen(visitor)).toBe('d-one');
    const customer = await api.as(tree.customer.people['customer-user']!);
    customer.cookies.set('kboss_storefront', 'd-other');
    expect(await seen(customer)).toBe('d-two');
    const elsewhere = api.anonymous();
    expect(await seen(elsewhere, { 'X-Forwarded-Host': 'shop.other.example' })).toBe('d-other');
  });
});

test('on https the cookie is bound to the host by its prefix', async () => {
  const secure = await anApi(world, { env: { KBOSS_PUBLIC_URL: 'https://kboss.example' } });
  const answer = await signIn(secure.anonymous(), tree.directCustomer.people['customer-admin']!.phone);
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Host-kboss=.*Path=\/;.*HttpOnly; Secure; SameSite=Lax/,
  );
  expect(answer.headers.getSetCookie()[0]).not.toMatch(/Domain/i);
  await secure.close();
});
