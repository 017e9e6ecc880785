import { m } from '#lib/paraglide/messages.js';

const actions: Record<string, () => string> = {
  'customer.assigned': m.audit_customer_assigned,
  'department.closed': m.audit_department_closed,
  'department.made': m.audit_department_made,
  'department.renamed': m.audit_department_renamed,
  'invitation.ended': m.audit_invitation_ended,
  'invitation.made': m.audit_invitation_made,
  'member.added': m.audit_member_added,
  'member.changed': m.audit_member_changed,
  'member.left': m.audit_member_left,
  'organisation.entered': m.audit_organisation_entered,
  'password.changed': m.audit_password_changed,
  'password.reset': m.audit_password_reset,
  'project.changed': m.audit_project_changed,
  'project.made': m.audit_project_made,
  'session.revoked': m.audit_session_revoked,
  'sign-in.code': m.audit_sign_in_code,
  'sign-in.password': m.audit_sign_in_password,
  'sign-out': m.audit_sign_out,
  'sign-up': m.audit_sign_up,
  'ssh-key.added': m.audit_ssh_key_added,
  'ssh-key.removed': m.audit_ssh_key_removed,
  'storefront.changed': m.audit_storefront_changed,
  'list-price.set': m.audit_list_price_set,
  'period-discount.set': m.audit_period_discount_set,
  'retail-price.set': m.audit_retail_price_set,
  'stock.set': m.audit_stock_set,
  'product.created': m.audit_product_created,
  'product.changed': m.audit_product_changed,
  'product.submit': m.listing_submit,
  'product.withdraw': m.listing_withdraw,
  'product.approve': m.listing_approve,
  'product.reject': m.listing_reject,
  'product.take-off': m.listing_take_off,
  'product.put-back': m.listing_put_back,
  'product.revise': m.listing_revise,
  'plan.created': m.audit_plan_created,
  'plan.changed': m.audit_plan_changed,
  'order.submit': m.audit_order_submit,
  'order.pay': m.audit_order_pay,
  'order.cancel': m.audit_order_cancel,
  'recharge.create': m.audit_recharge_create,
  'resource.reveal': m.audit_resource_reveal,
  'work-order.claim': m.audit_work_order_claim,
  'work-order.give-back': m.audit_work_order_give_back,
  'work-order.back-fill': m.audit_work_order_back_fill,
  'work-order.fail': m.audit_work_order_fail,
};

/** What was done, in words; an action that is new to this page is shown as it is. */
export const actionLabel = (action: string): string => actions[action]?.() ?? action;

const subjects: Record<string, () => string> = {
  customer: m.customer,
  department: m.department,
  'invitation-code': m.invitation_code,
  project: m.audit_subject_project,
  session: m.audit_subject_session,
  'ssh-key': m.ssh_keys,
  storefront: m.menu_storefront,
  user: m.audit_subject_user,
  product: m.products,
  plan: m.plan,
  'retail-price': m.price,
  order: m.order,
  recharge: m.recharge,
  resource: m.audit_subject_resource,
  'work-order': m.menu_work_orders,
};

export const subjectLabel = (subject: string): string => subjects[subject]?.() ?? subject;

export const subjectOptions = (): { value: string; label: string }[] =>
  Object.keys(subjects).map((value) => ({ value, label: subjectLabel(value) }));

/** The fields that an entry of the trail changed, as text; null where there was none. */
export function changedFields(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): { key: string; before: string | null; after: string | null }[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return keys
    .map((key) => ({ key, before: textOf(before?.[key]), after: textOf(after?.[key]) }))
    .filter((field) => field.before !== field.after);
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
