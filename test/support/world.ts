import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { openDatabase, type Database } from '../../db/database.ts';
import { hashPassword } from '../../db/identity/passwords.ts';
import { createUser } from '../../db/identity/users.ts';
import { secretBox, type SecretBox } from '../../db/secrets.ts';
import { developmentSecretKeys } from '../../domain/configuration.ts';
import { makeNumber } from '../../domain/numbers.ts';
import { rolesOfKind, type OrganisationKind, type Role } from '../../domain/identity/permissions.ts';
import { aDatabase, type TestDatabase } from './database.ts';

export interface Organisation {
  id: string;
  number: string;
  name: string;
  kind: OrganisationKind;
  parentId: string | null;
  /** One person a role of the kind. */
  people: Record<string, Person>;
}

export interface Person {
  id: string;
  name: string;
  phone: string;
  organisationId: string;
  role: Role;
}

/** A database of its own with both roles opened, and builders of organisations and people. */
export interface World {
  database: TestDatabase;
  api: Database;
  worker: Database;
  secrets: SecretBox;
  /** Adds an organisation with one person for each role of its kind, and what each kind needs to work. */
  anOrganisation(wanted: {
    kind: OrganisationKind;
    parent?: Organisation;
    name?: string;
    supplierKind?: 'product' | 'resource';
    /** Storefront code of a seller. */
    code?: string;
  }): Promise<Organisation>;
  /** Runs SQL as the worker over all organisations. */
  sql<T>(statement: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** The password of everybody in a world. */
export const worldPassword = 'Heliotrope-77-garden';

let lastPhone = 13_900_000_000;

/** A world without any organisation. */
export async function anEmptyWorld(): Promise<World> {
  const database = await aDatabase();
  const api = await openDatabase(database.apiUrl, 4);
  const worker = await openDatabase(database.workerUrl, 4);
  const secrets = secretBox(developmentSecretKeys);
  const passwordHash = await hashPassword(worldPassword);
  return {
    database,
    api,
    worker,
    secrets,
    anOrganisation: (wanted) =>
      worker.asSystem('test', (em) => addOrganisation(em, secrets, passwordHash, wanted)),
    sql: <T>(statement: string, values: readonly unknown[] = []) =>
      worker.asSystem('test', (em) => em.execute<T[]>(statement, [...values])),
    async close() {
      await Promise.all([api.close(), worker.close()]);
      await database.drop();
    },
  };
}

/** The organisations that most tests need: a chain of two distributors, one beside it, customers and suppliers. */
export interface Tree {
  platform: Organisation;
  /** Child of the platform. */
  distributor: Organisation;
  /** Child of `distributor`. */
  subDistributor: Organisation;
  /** Another child of the platform, with nothing to do with the others. */
  stranger: Organisation;
  productSupplier: Organisation;
  resourceSupplier: Organisation;
  /** Customer of `subDistributor`. */
  customer: Organisation;
  /** Customer of the platform. */
  directCustomer: Organisation;
  /** Customer of `stranger`. */
  strangersCustomer: Organisation;
}

/** Makes the tree. */
export async function aTree(world: World): Promise<Tree> {
  const platform = await world.anOrganisation({ kind: 'platform', code: 'platform' });
  const distributor = await world.anOrganisation({ kind: 'distributor', parent: platform, code: 'd-one' });
  const subDistributor = await world.anOrganisation({
    kind: 'distributor',
    parent: distributor,
    code: 'd-two',
  });
  const stranger = await world.anOrganisation({ kind: 'distributor', parent: platform, code: 'd-other' });
  const supplier = (supplierKind: 'product' | 'resource') =>
    world.anOrganisation({ kind: 'supplier', parent: platform, supplierKind });
  const customer = (parent: Organisation) => world.anOrganisation({ kind: 'customer', parent });
  return {
    platform,
    distributor,
    subDistributor,
    stranger,
    productSupplier: await supplier('product'),
    resourceSupplier: await supplier('resource'),
    customer: await customer(subDistributor),
    directCustomer: await customer(platform),
    strangersCustomer: await customer(stranger),
  };
}

async function addOrganisation(
  em: EntityManager,
  secrets: SecretBox,
  passwordHash: string,
  wanted: Parameters<World['anOrganisation']>[0],
): Promise<Organisation> {
  const now = new Date();
  const number = makeNumber('customer', now, randomBytes(8));
  const name = wanted.name ?? `${wanted.kind} ${number.slice(-8)}`;
  const parentId = wanted.parent?.id ?? null;
  const [row] = await em.execute<{ id: string }[]>(
    `insert into organisation (number, kind, supplier_kind, parent_id, name, created_at)
     values (?, ?, ?, ?, ?, ?) returning id`,
    [
      number,
      wanted.kind,
      wanted.kind === 'supplier' ? (wanted.supplierKind ?? 'resource') : null,
      parentId,
      name,
      now,
    ],
  );
  const id = row!.id;
  await em.execute(
    `insert into organisation_taxpayer (organisation_id, kind, vat_rate, valid_from) values (?, 'general', 0.06, ?)`,
    [id, new Date(0)],
  );
  if (wanted.code) {
    await em.execute('insert into storefront (organisation_id, code, name_zh, name_en) values (?, ?, ?, ?)', [
      id,
      wanted.code,
      `${wanted.code} 商城`,
      `${wanted.code} shop`,
    ]);
  }
  const people: Record<string, Person> = {};
  for (const role of rolesOfKind[wanted.kind]) {
    const person = { name: `${role} of ${name}`.slice(0, 60), phone: String(++lastPhone) };
    const userId = await createUser(em, secrets, { ...person, passwordHash, language: 'zh', now });
    await em.execute(
      'insert into membership (organisation_id, user_id, roles, joined_at) values (?, ?, ?::text[], ?)',
      [id, userId, `{${role}}`, now],
    );
    people[role] = { id: userId!, ...person, organisationId: id, role };
  }
  if (wanted.kind === 'customer') await addCustomerFile(em, id, parentId, now);
  return { id, number, name, kind: wanted.kind, parentId, people };
}

async function addCustomerFile(
  em: EntityManager,
  id: string,
  sellerId: string | null,
  now: Date,
): Promise<void> {
  await em.execute(
    `insert into project (organisation_id, name, is_default, created_at) values (?, '默认项目', true, ?)`,
    [id, now],
  );
  await em.execute(
    `insert into customer_profile (customer_id, seller_id, source, created_at) values (?, ?, 'direct', ?)`,
    [id, sellerId, now],
  );
}
