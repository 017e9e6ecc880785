import { CartLineEntity } from './cart/entities.ts';
import { PlanEntity, ProductEntity } from './catalogue/entities.ts';
import { MembershipEntity, SshKeyEntity, UserAccountEntity } from './identity/entities.ts';
import {
  CustomerProfileEntity,
  DepartmentEntity,
  InvitationCodeEntity,
  OrganisationEntity,
  ProjectEntity,
  StorefrontEntity,
} from './organisations/entities.ts';

/** Every entity of the product, one line a column. */
export const entities = [
  ...[OrganisationEntity, StorefrontEntity, DepartmentEntity, ProjectEntity],
  ...[CustomerProfileEntity, InvitationCodeEntity],
  ...[UserAccountEntity, MembershipEntity, SshKeyEntity],
  ...[ProductEntity, PlanEntity, CartLineEntity],
];
