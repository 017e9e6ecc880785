import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { makeNumber } from '../../domain/numbers.ts';
import { civilDate, startOfCivilDate } from '../../domain/time.ts';
import { SetUpError, type DeployedSupplier, type DeployedTaxpayer, type Deployment } from './deployment.ts';

/** What a set-up works on: changes are told in words, for the operator and the audit trail. */
export interface SetUp {
  em: EntityManager;
  now: Date;
  changed: string[];
}

/** Makes the platform or brings its name, tax and storefront up to date; answers its id. */
export async function setUpPlatform(setUp: SetUp, platform: Deployment['platform']): Promise<string> {
  const [found] = await setUp.em.execute<{ id: string; name: string }[]>(
    `select id, name from organisation where kind = 'platform'`,
  );
  const id =
    found?.id ?? (await addOrganisation(setUp, { kind: 'platform', parent: null, name: platform.name }));
  if (found && found.name !== platform.name) {
    await setUp.em.execute('update organisation set name = ? where id = ?', [platform.name, id]);
    setUp.changed.push(`platform is now named ${platform.name}`);
  }
  await setTaxpayer(setUp, id, 'platform.taxpayer', platform.taxpayer);
  const { code, nameZh, nameEn, colour = null, host = null } = platform.storefront;
  const rows = await setUp.em.execute<unknown[]>(
    `insert into storefront as s (organisation_id, code, name_zh, name_en, colour, host)
     values (?, ?, ?, ?, coalesce(?, '#0f6f78'), ?)
     on conflict (organisation_id) do update set code = excluded.code, name_zh = excluded.name_zh,
       name_en = excluded.name_en, colour = coalesce(?, s.colour), host = coalesce(?, s.host)
     where (s.code, s.name_zh, s.name_en, s.colour, s.host) is distinct from
       (excluded.code, excluded.name_zh, excluded.name_en, coalesce(?, s.colour), coalesce(?, s.host))
     returning code`,
    [id, code, nameZh, nameEn, colour, host, colour, host, colour, host],
  );
  if (rows.length > 0) setUp.changed.push(`storefront ${code}`);
  return id;
}

/** Makes a supplier of the platform, or brings its tax up to date; its name names it. Answers its id. */
export async function setUpSupplier(
  setUp: SetUp,
  platformId: string,
  field: string,
  supplier: DeployedSupplier,
): Promise<string> {
  const { name, kind } = supplier;
  const [found] = await setUp.em.execute<{ id: string; kind: string }[]>(
    `select id, supplier_kind as kind from organisation where kind = 'supplier' and parent_id = ? and name = ?`,
    [platformId, name],
  );
  if (found && found.kind !== kind) {
    throw new SetUpError(`${field}.kind`, `cannot change: ${name} is a ${found.kind} supplier.`);
  }
  const id =
    found?.id ??
    (await addOrganisation(setUp, { kind: 'supplier', supplierKind: kind, parent: platformId, name }));
  await setTaxpayer(setUp, id, `${field}.taxpayer`, supplier.taxpayer);
  return id;
}

async function addOrganisation(
  { em, now, changed }: SetUp,
  wanted: { kind: string; supplierKind?: string; parent: string | null; name: string },
): Promise<string> {
  const [row] = await em.execute<{ id: string }[]>(
    `insert into organisation (number, kind, supplier_kind, parent_id, name, created_at)
     values (?, ?, ?, ?, ?, ?) returning id`,
    [
      makeNumber('customer', now, randomBytes(8)),
      wanted.kind,
      wanted.supplierKind ?? null,
      wanted.parent,
      wanted.name,
      now,
    ],
  );
  changed.push(`${wanted.kind} ${wanted.name}`);
  return row!.id;
}

/** The first rate holds ever since, unless dated; another one from a day to come, for what is booked keeps its own. */
async function setTaxpayer(
  { em, now, changed }: SetUp,
  organisationId: string,
  field: string,
  { kind, rate, from }: DeployedTaxpayer,
): Promise<void> {
  const [last] = await em.execute<{ id: string; same: boolean; since: string }[]>(
    `select id, kind = ? and vat_rate = ?::numeric as same, valid_from as since from organisation_taxpayer
     where organisation_id = ? order by valid_from desc limit 1`,
    [kind, rate, organisationId],
  );
  if (last?.same) return;
  if (last && from === undefined) {
    throw new SetUpError(`${field}.from`, 'is missing: kind or rate changes, so say from which day.');
  }
  const begins = from === undefined ? new Date(0) : startOfCivilDate(from);
  if (last && begins <= startOfCivilDate(civilDate(now))) {
    throw new SetUpError(`${field}.from`, 'must be a day to come: what is booked keeps its rate.');
  }
  if (last && begins <= new Date(last.since)) {
    throw new SetUpError(
      `${field}.from`,
      `must lie after ${civilDate(new Date(last.since))}, the last change.`,
    );
  }
  if (last) await em.execute('update organisation_taxpayer set valid_to = ? where id = ?', [begins, last.id]);
  await em.execute(
    'insert into organisation_taxpayer (organisation_id, kind, vat_rate, valid_from) values (?, ?, ?, ?)',
    [organisationId, kind, rate, begins],
  );
  changed.push(`${field} ${kind} ${rate}`);
}
