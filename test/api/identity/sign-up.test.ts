import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { anApi, type Answer, type RunningApi } from '../../support/api.ts';
import { anEmptyWorld, aTree, worldPassword, type Tree, type World } from '../../support/world.ts';

let world: World;
let tree: Tree;
let api: RunningApi;

beforeAll(async () => {
  world = await anEmptyWorld();
  tree = await aTree(world);
  api = await anApi(world, { taskQueue: 'sign-up-test.kboss' });
});

afterAll(async () => {
  await api.close();
  await world.close();
});

beforeEach(() => world.sql('delete from rate_limit'));

let lastPhone = 15_000_000_000;
const aPhone = (): string => String(++lastPhone);
const password = 'A quiet river bend';

/** Asks for a code and reads it where the text would take it from. */
async function requestCode(
  phone: string,
  purpose = 'sign-up',
  cookies: Record<string, string> = {},
): Promise<{ codeId: string; code: string }> {
  const caller = api.anonymous();
  for (const [name, value] of Object.entries(cookies)) caller.cookies.set(name, value);
  await world.sql(`delete from rate_limit where key like 'sms-account-minute%'`);
  const answer = await caller.post('/sms-codes', { phone, purpose });
  expect(answer).toMatchObject({ status: 202, body: { resendSeconds: 60 } });
  const { codeId } = answer.json<{ codeId: string }>();
  const [row] = await world.sql<{ code_sealed: string | null }>(
    'select code_sealed from sms_code where id = ?',
    [codeId],
  );
  const place = { table: 'sms_code', column: 'code_sealed', id: codeId };
  return { codeId, code: row!.code_sealed ? world.secrets.open(row!.code_sealed, place).reveal() : '' };
}

async function signUp(
  change: Record<string, unknown> = {},
  cookies: Record<string, string> = {},
): Promise<Answer> {
  const phone = (change.phone as string | undefined) ?? aPhone();
  const caller = api.anonymous();
  for (const [name, value] of Object.entries(cookies)) caller.cookies.set(name, value);
  return caller.post('/sign-up', {
    phone,
    ...(await requestCode(phone, 'sign-up', cookies)),
    password,
    name: '李想',
    organisationName: '想象实验室',
    ...change,
  });
}

const profileOf = async (answer: Answer): Promise<Record<string, unknown>> => {
  const id = answer.json<{ organisation: { id: string } }>().organisation.id;
  const [row] = await world.sql<Record<string, unknown>>(
    `select p.*, o.parent_id, pr.name as project from customer_profile p join organisation o on o.id = p.customer_id
       join project pr on pr.organisation_id = o.id and pr.is_default where customer_id = ?`,
    [id],
  );
  return row!;
};

describe('sign-up', () => {
  test('makes person, customer, default project and file, and signs in', async () => {
    const answer = await signUp();
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      user: { name: '李想' },
      organisation: { name: '想象实验室', kind: 'customer', roles: ['customer-admin'] },
      storefront: { code: 'platform' },
      csrfToken: expect.any(String),
    });
    expect(await profileOf(answer)).toMatchObject({
      seller_id: tree.platform.id,
      parent_id: tree.platform.id,
      source: 'direct',
      source_code: null,
      verification: 'unverified',
      project: '默认项目',
    });
  });

  test('on a distributor’s storefront makes a customer of the distributor', async () => {
    const answer = await signUp({}, { kboss_storefront: 'd-two' });
    expect(answer.body).toMatchObject({ storefront: { code: 'd-two' } });
    expect(await profileOf(answer)).toMatchObject({
      seller_id: tree.subDistributor.id,
      source: 'storefront',
      source_code: 'd-two',
    });
  });

  test('with an invitation code makes a customer of who gave it, with its account manager, once a use', async () => {
    const manager = tree.distributor.people.sales!.id;
    await world.sql(
      `insert into invitation_code (code, organisation_id, account_manager_id, max_uses, created_at) values ('SPRING26', ?, ?, 1, now())`,
      [tree.distributor.id, manager],
    );
    const answer = await signUp({ invitationCode: ' spring26 ' }, { kboss_storefront: 'd-two' });
    expect(await profileOf(answer)).toMatchObject({
      seller_id: tree.distributor.id,
      source: 'invitation',
      source_code: 'SPRING26',
      account_manager_id: manager,
    });
    const again = await signUp({ invitationCode: 'SPRING26' });
    expect(again).toMatchObject({ status: 422, body: { code: 'INVITATION_NOT_VALID' } });
  });

  test('an expired invitation code is refused beside its field, and nothing is made', async () => {
    await world.sql(
      `insert into invitation_code (code, organisation_id, valid_to, created_at) values ('WINTER25', ?, now() - interval '1 day', now())`,
      [tree.distributor.id],
    );
    const phone = aPhone();
    const proof = await requestCode(phone);
    const answer = await signUp({ phone, ...proof, invitationCode: 'WINTER25' });
    expect(await world.sql('select used_at from sms_code where id = ?', [proof.codeId])).toEqual([
      { used_at: null },
    ]);
    expect(answer.body).toMatchObject({ fields: { invitationCode: expect.stringContaining('邀请码') } });
    expect(
      await world.sql('select 1 from user_account where phone_hash = ?', [world.secrets.hash(phone)]),
    ).toEqual([]);
  });

  test('with a registered number says so only to who has proved that it is theirs', async () => {
    const { phone } = tree.customer.people['customer-admin']!;
    const wrong = await signUp({ phone, code: '000000' });
    expect(wrong.body).toMatchObject({ code: 'CODE_NOT_VALID' });
    expect((await signUp({ phone })).body).toMatchObject({ code: 'PHONE_REGISTERED' });
  });

  test.each([
    ['password1234', 'PASSWORD_TOO_COMMON'],
    ['1234567890', 'PASSWORD_TOO_COMMON'],
    ['aaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
    ['short', 'INVALID_INPUT'],
  ])('refuses the password %s', async (weak, code) => {
    const answer = await signUp({ password: weak });
    expect(answer).toMatchObject({ status: 422, body: { code, fields: { password: expect.any(String) } } });
  });

  test('refuses a number that is no mobile number, in the language asked for', async () => {
    const answer = await api
      .anonymous()
      .post('/sms-codes', { phone: '12345', purpose: 'sign-up' }, { headers: { 'Accept-Language': 'en' } });
    expect(answer.body).toMatchObject({
      code: 'INVALID_INPUT',
      fields: { phone: 'Enter a mainland mobile number of 11 digits' },
    });
  });
});

describe('an SMS code', () => {
  const signInByCode = (phone: string, proof: { codeId: string; code: string }): Promise<Answer> =>
    api.anonymous().post('/sign-in/code', { phone, ...proof });

  test('signs in, once', async () => {
    const { phone, id } = tree.subDistributor.people.sales!;
    const proof = await requestCode(phone, 'sign-in');
    expect((await signInByCode(phone, proof)).body).toMatchObject({ user: { id } });
    expect((await signInByCode(phone, proof)).body).toMatchObject({ code: 'CODE_NOT_VALID' });
  });

  test('can be tried five times', async () => {
    const { phone } = tree.subDistributor.people.sales!;
    const proof = await requestCode(phone, 'sign-in');
    const wrong = { ...proof, code: proof.code === '111111' ? '222222' : '111111' };
    await Promise.all(Array.from({ length: 5 }, () => signInByCode(phone, wrong)));
    expect((await signInByCode(phone, proof)).body).toMatchObject({ code: 'CODE_NOT_VALID' });
  });

  test('serves its number, its purpose and its five minutes only', async () => {
    const { phone } = tree.subDistributor.people.sales!;
    const proof = await requestCode(phone, 'reset-password');
    expect((await signInByCode(phone, proof)).status).toBe(401);
    const mine = await requestCode(phone, 'sign-in');
    expect((await signInByCode(tree.subDistributor.people.admin!.phone, mine)).status).toBe(401);
    await world.sql(`update sms_code set expires_at = now() - interval '1 second' where id = ?`, [
      mine.codeId,
    ]);
    expect((await signInByCode(phone, mine)).status).toBe(401);
  });

  test('is never made for sending when the number is unknown, and the answer does not tell', async () => {
    const unknown = await requestCode(aPhone(), 'sign-in');
    expect(unknown.code).toBe('');
    const known = await requestCode(tree.subDistributor.people.sales!.phone, 'sign-in');
    expect(known.code).toMatch(/^\d{6}$/);
  });

  test.each([
    ['a registered number', () => tree.distributor.people.sales!.phone],
    ['an unknown number', aPhone],
  ])('is sent to %s at most once a minute and ten times a day', async (_which, phoneOf) => {
    const phone = phoneOf();
    const request = (): Promise<Answer> => api.anonymous().post('/sms-codes', { phone, purpose: 'sign-in' });
    expect((await request()).status).toBe(202);
    const soon = await request();
    expect(soon).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    await world.sql(`update rate_limit set count = 10 where key like 'sms-account-day%'`);
    await world.sql(`delete from rate_limit where key like 'sms-account-minute%'`);
    const today = await request();
    expect(Number(today.headers.get('Retry-After'))).toBeGreaterThan(3600);
  });

  test('is sent by a process whose history does not hold it', async () => {
    const { phone } = tree.distributor.people.finance!;
    const { codeId, code } = await requestCode(phone, 'sign-in');
    const handle = api.services.temporal.workflow.getHandle(`sms/${codeId}`);
    const history = await handle.fetchHistory();
    const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
    const payload = Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString();
    expect(JSON.parse(payload)).toEqual({ codeId });
    expect(payload).not.toContain(code);
    await handle.terminate();
  });
});

describe('a password', () => {
  test('is changed by who knows it; every session ends and this browser gets a new one', async () => {
    const person = tree.stranger.people.admin!;
    const [here, there] = [await api.as(person), await api.as(person)];
    const before = here.cookies.get('kboss_session')!;
    const wrong = await here.put('/password', { current: 'not my password', password });
    expect(wrong.body).toMatchObject({ code: 'PASSWORD_WRONG', fields: { current: expect.any(String) } });
    const answer = await here.put('/password', { current: worldPassword, password });
    expect(answer.body).toMatchObject({ user: { id: person.id } });
    expect((await here.get('/sessions')).json<{ items: unknown[] }>().items).toHaveLength(1);
    expect((await there.get('/sessions')).status).toBe(401);
    there.cookies.set('kboss_session', before);
    expect((await there.get('/sessions')).status).toBe(401);
    const fresh = api.anonymous();
    expect((await fresh.post('/sign-in/password', { phone: person.phone, password })).status).toBe(200);
  });

  test('is not to be guessed through a session', async () => {
    const caller = await api.as(tree.stranger.people.operations!);
    for (let round = 0; round < 10; round++) {
      expect((await caller.put('/password', { current: 'guess', password })).status).toBe(422);
    }
    const locked = await caller.put('/password', { current: worldPassword, password });
    expect(locked.body).toMatchObject({ code: 'SIGN_IN_LOCKED' });
  });

  test('is reset by SMS code; every session ends, the lock is gone', async () => {
    const person = tree.stranger.people.finance!;
    const old = await api.as(person);
    const proof = await requestCode(person.phone, 'reset-password');
    const answer = await api.anonymous().post('/password/reset', { phone: person.phone, ...proof, password });
    expect(answer.body).toMatchObject({ user: { id: person.id } });
    expect((await old.get('/sessions')).status).toBe(401);
    const unknown = aPhone();
    const other = await requestCode(unknown, 'reset-password');
    const refused = await api
      .anonymous()
      .post('/password/reset', { phone: unknown, codeId: other.codeId, code: '123456', password });
    expect(refused.body).toMatchObject({ code: 'CODE_NOT_VALID' });
  });
});
