import { defineEntity, p } from '@mikro-orm/postgresql';
import { partyFilter } from '../entity-filter.ts';

/** A person; seen by themselves and by colleagues (row level security), never with their sealed number. */
export const UserAccountEntity = defineEntity({
  name: 'UserAccount',
  tableName: 'user_account',
  properties: {
    id: p.uuid().primary(),
    number: p.text(),
    phoneMasked: p.text(),
    name: p.text(),
    language: p.text().$type<'zh' | 'en'>(),
    state: p.text().$type<'active' | 'disabled'>(),
  },
});

/** A person's place in an organisation. */
export const MembershipEntity = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  filters: partyFilter('organisationId'),
  properties: {
    organisationId: p.uuid().primary(),
    userId: p.uuid().primary(),
    roles: p.array().$type<string[]>(),
    departmentId: p.uuid().strictNullable(),
    state: p.text().$type<'active' | 'left'>().default('active'),
    joinedAt: p.datetime(),
  },
});

/** A public key with which a person signs in to resources. */
export const SshKeyEntity = defineEntity({
  name: 'SshKey',
  tableName: 'ssh_key',
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    userId: p.uuid(),
    name: p.text(),
    publicKey: p.text(),
    fingerprint: p.text(),
    createdAt: p.datetime(),
    removedAt: p.datetime().strictNullable(),
  },
});
