import { m } from '#lib/paraglide/messages.js';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

const labels = {
  order: {
    draft: m.state_order_draft,
    'awaiting-payment': m.state_order_awaiting_payment,
    paid: m.state_order_paid,
    fulfilling: m.state_order_fulfilling,
    completed: m.state_order_completed,
    canceled: m.state_order_canceled,
    expired: m.state_order_expired,
    'partially-refunded': m.state_order_partially_refunded,
    refunded: m.state_order_refunded,
  },
  'order-line': {
    'awaiting-payment': m.state_order_line_awaiting_payment,
    paid: m.state_order_line_paid,
    dispatched: m.state_order_line_dispatched,
    provisioning: m.state_order_line_provisioning,
    inquiring: m.state_order_line_inquiring,
    active: m.state_order_line_active,
    failed: m.state_order_line_failed,
    refunding: m.state_order_line_refunding,
    refunded: m.state_order_line_refunded,
    canceled: m.state_order_line_canceled,
  },
  resource: {
    creating: m.state_resource_creating,
    active: m.state_resource_active,
    updating: m.state_resource_updating,
    suspended: m.state_resource_suspended,
    frozen: m.state_resource_frozen,
    releasing: m.state_resource_releasing,
    released: m.state_resource_released,
    error: m.state_resource_error,
  },
  recharge: {
    created: m.state_recharge_created,
    pending: m.state_recharge_pending,
    succeeded: m.state_recharge_succeeded,
    closed: m.state_recharge_closed,
    failed: m.state_recharge_failed,
    unknown: m.state_recharge_unknown,
  },
  'work-order': {
    open: m.state_work_order_open,
    assigned: m.state_work_order_assigned,
    processing: m.state_work_order_processing,
    waiting: m.state_work_order_waiting,
    done: m.state_work_order_done,
    failed: m.state_work_order_failed,
    canceled: m.state_work_order_canceled,
  },
  product: {
    draft: m.state_product_draft,
    'in-review': m.state_product_in_review,
    'on-shelf': m.state_product_on_shelf,
    'off-shelf': m.state_product_off_shelf,
  },
  pool: {
    managed: m.state_pool_managed,
    unmanaged: m.state_pool_unmanaged,
  },
  verification: {
    unverified: m.state_verification_unverified,
    pending: m.state_verification_pending,
    person: m.state_verification_person,
    enterprise: m.state_verification_enterprise,
    refused: m.state_verification_refused,
  },
  organisation: {
    active: m.state_organisation_active,
    suspended: m.state_organisation_suspended,
  },
  member: {
    active: m.state_member_active,
    left: m.state_member_left,
  },
  project: {
    active: m.state_project_active,
    closed: m.state_project_closed,
  },
};

/** Things that have a state on the screen (the guarded tables of `domain/`). */
export type StatefulThing = keyof typeof labels;

/** The state's name in the language of the page; a state that is new to this page is shown as it is. */
export function stateLabel(thing: StatefulThing, state: string): string {
  const table: Record<string, () => string> = labels[thing];
  return table[state]?.() ?? state;
}

/** States of a thing with their names, for filters. */
export function stateOptions(thing: StatefulThing): { value: string; label: string }[] {
  return Object.entries(labels[thing]).map(([value, label]) => ({ value, label: label() }));
}

const tones: Record<string, Tone> = {
  draft: 'quiet',
  'awaiting-payment': 'warn',
  paid: 'info',
  fulfilling: 'info',
  completed: 'good',
  canceled: 'quiet',
  expired: 'quiet',
  'partially-refunded': 'warn',
  refunded: 'quiet',
  dispatched: 'info',
  provisioning: 'info',
  inquiring: 'info',
  active: 'good',
  failed: 'bad',
  refunding: 'warn',
  creating: 'info',
  updating: 'info',
  suspended: 'warn',
  frozen: 'bad',
  releasing: 'info',
  released: 'quiet',
  error: 'bad',
  created: 'info',
  pending: 'warn',
  succeeded: 'good',
  closed: 'quiet',
  unknown: 'info',
  open: 'warn',
  assigned: 'info',
  processing: 'info',
  waiting: 'warn',
  done: 'good',
  'in-review': 'warn',
  'on-shelf': 'good',
  'off-shelf': 'quiet',
  managed: 'good',
  unmanaged: 'warn',
  unverified: 'quiet',
  person: 'good',
  enterprise: 'good',
  refused: 'bad',
  left: 'quiet',
};

/** The colour and icon of a state. */
export function stateTone(state: string): Tone {
  return tones[state] ?? 'quiet';
}
