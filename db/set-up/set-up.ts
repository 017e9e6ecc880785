import { randomBytes } from 'node:crypto';
import { civilDate } from '../../domain/time.ts';
import type { Database } from '../database.ts';
import { writeAudit } from '../identity/audit.ts';
import { hashPassword } from '../identity/passwords.ts';
import { createUser, findUserByPhone } from '../identity/users.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { addMember, countHolders } from '../organisations/members.ts';
import type { SecretBox } from '../secrets.ts';
import { SetUpError, type Deployment } from './deployment.ts';
import { setUpPlatform, setUpSupplier } from './organisations.ts';
import { setUpPayment, setUpPool, setUpSms, type SealingSetUp } from './outside.ts';

/** What a set-up did. */
export interface SetUpReport {
  /** In words; empty when everything was as the file says. */
  changed: string[];
  /** Of the first admin, when it was made up here: to be shown once. */
  password: string | null;
}

/**
 * Brings a deployment to what its file says, all or nothing; what the file does not name stays. Saying it again changes
 * nothing. The platform's book is opened afterwards, in the ledger's own transaction.
 * @param using `password` for the first admin, made up when null
 * @throws SetUpError naming the field that contradicts what is there
 */
export async function setUpDeployment(
  database: Database,
  ledger: Pick<Ledger, 'openBook'>,
  deployment: Deployment,
  using: { secrets: SecretBox; publicUrl: string; password: string | null; now: Date },
): Promise<SetUpReport> {
  const { secrets, publicUrl, now } = using;
  const { platformId, ...report } = await database.asSystem('set-up', async (em) => {
    await em.execute(`select pg_advisory_xact_lock(hashtext('kboss set-up'))`);
    const setUp: SealingSetUp = { em, now, changed: [], secrets, publicUrl };
    const platform = await setUpPlatform(setUp, deployment.platform);
    const password = await setUpAdmin(setUp, platform, deployment.admin, using.password);
    const suppliers = new Map<string, string>();
    for (const [index, supplier] of deployment.suppliers.entries()) {
      suppliers.set(supplier.name, await setUpSupplier(setUp, platform, `suppliers[${index}]`, supplier));
    }
    for (const [index, pool] of deployment.pools.entries()) {
      const owner = { platformId: platform, supplierId: suppliers.get(pool.supplier)! };
      await setUpPool(setUp, `pools[${index}]`, pool, owner);
    }
    for (const [index, payment] of deployment.payments.entries()) {
      await setUpPayment(setUp, await sellerOf(setUp, `payments[${index}]`, payment, platform), payment);
    }
    for (const [index, sms] of deployment.sms.entries()) {
      await setUpSms(setUp, await sellerOf(setUp, `sms[${index}]`, sms, platform), sms);
    }
    const { changed } = setUp;
    if (changed.length > 0) {
      await writeAudit(em, {
        organisationId: platform,
        userId: null,
        action: 'platform.set-up',
        subjectType: 'organisation',
        subjectId: platform,
        after: { changed },
      });
    }
    return { platformId: platform, changed, password };
  });
  const firstPeriod = `${deployment.platform.firstPeriod ?? civilDate(now).slice(0, 7)}-01`;
  await ledger.openBook(platformId, { firstPeriod });
  return report;
}

/** Makes the first admin; where there is one, people are the site's business. Answers a password that it made up. */
async function setUpAdmin(
  { em, now, changed, secrets }: SealingSetUp,
  organisationId: string,
  { phone, name }: Deployment['admin'],
  given: string | null,
): Promise<string | null> {
  if ((await countHolders(em, organisationId, 'admin')) > 0) return null;
  const known = await findUserByPhone(em, secrets, phone);
  const password = given ?? randomBytes(12).toString('base64url');
  const userId =
    known?.id ??
    (await createUser(em, secrets, {
      phone,
      name,
      passwordHash: await hashPassword(password),
      language: 'zh',
      now,
    }))!;
  const isAdded = await addMember(em, { organisationId, userId, roles: ['admin'], departmentId: null, now });
  if (!isAdded) throw new SetUpError('admin.phone', 'belongs to a member of the platform who is no admin.');
  changed.push(`admin ${name}`);
  return known || given ? null : password;
}

/** Whose binding it is: the seller of a storefront, the platform unless told. */
async function sellerOf(
  { em }: SealingSetUp,
  field: string,
  { seller }: { seller?: string | undefined },
  platformId: string,
): Promise<string> {
  if (seller === undefined) return platformId;
  const [row] = await em.execute<{ id: string }[]>(
    'select organisation_id as id from storefront where code = ?',
    [seller],
  );
  if (!row) throw new SetUpError(`${field}.seller`, 'must be the code of a storefront that is there.');
  return row.id;
}
