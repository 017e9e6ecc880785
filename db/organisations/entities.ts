import { defineEntity, p } from '@mikro-orm/postgresql';
import type { OrganisationKind } from '../../domain/identity/permissions.ts';
import { partyFilter } from '../entity-filter.ts';

/** An organisation; its parent is who sells to it. */
export const OrganisationEntity = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  filters: partyFilter('id', 'parentId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    number: p.text(),
    kind: p.text().$type<OrganisationKind>(),
    supplierKind: p.text().$type<'product' | 'resource'>().strictNullable(),
    parentId: p.uuid().strictNullable(),
    name: p.text(),
    state: p.text().$type<'active' | 'suspended'>().default('active'),
    createdAt: p.datetime(),
  },
});

/** The public face of a seller. */
export const StorefrontEntity = defineEntity({
  name: 'Storefront',
  tableName: 'storefront',
  properties: {
    organisationId: p.uuid().primary(),
    code: p.text(),
    host: p.text().strictNullable(),
    nameZh: p.text(),
    nameEn: p.text(),
    colour: p.text(),
  },
});

/** A part of an organisation's staff. */
export const DepartmentEntity = defineEntity({
  name: 'Department',
  tableName: 'department',
  filters: partyFilter('organisationId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    organisationId: p.uuid(),
    parentId: p.uuid().strictNullable(),
    name: p.text(),
    closedAt: p.datetime().strictNullable(),
  },
});

/** What divides a customer's resources, members and charges. */
export const ProjectEntity = defineEntity({
  name: 'Project',
  tableName: 'project',
  filters: partyFilter('organisationId'),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    organisationId: p.uuid(),
    name: p.text(),
    isDefault: p.boolean().default(false),
    state: p.text().$type<'active' | 'closed'>().default('active'),
    createdAt: p.datetime(),
  },
});

/** A customer's file at its seller. */
export const CustomerProfileEntity = defineEntity({
  name: 'CustomerProfile',
  tableName: 'customer_profile',
  filters: partyFilter('customerId', 'sellerId'),
  properties: {
    customerId: p.uuid().primary(),
    sellerId: p.uuid(),
    accountManagerId: p.uuid().strictNullable(),
    departmentId: p.uuid().strictNullable(),
    source: p.text(),
    sourceCode: p.text().strictNullable(),
    verification: p.text().default('unverified'),
    createdAt: p.datetime(),
  },
});

/** A code by which people register with the seller who gave it. */
export const InvitationCodeEntity = defineEntity({
  name: 'InvitationCode',
  tableName: 'invitation_code',
  filters: partyFilter('organisationId'),
  properties: {
    code: p.text().primary(),
    organisationId: p.uuid(),
    accountManagerId: p.uuid().strictNullable(),
    departmentId: p.uuid().strictNullable(),
    campaign: p.text().strictNullable(),
    maxUses: p.integer().strictNullable(),
    uses: p.integer().default(0),
    validTo: p.datetime().strictNullable(),
    createdAt: p.datetime(),
  },
});
