import { orderSteps, type OrderStep } from '../../../../domain/orders/steps.ts';
import type { Step } from '#lib/components/stepper.svelte';
import { m } from '#lib/paraglide/messages.js';
import { yuan } from './money.ts';
import type { Order, OrderLine } from '#lib/services/orders.ts';

const titles: Record<OrderStep, () => string> = {
  submit: m.step_submit,
  pay: m.step_pay,
  'work-order': m.step_work_order,
  supplier: m.step_supplier,
  deliver: m.step_deliver,
};

const waits: Record<OrderStep, () => string> = {
  submit: m.wait_pay,
  pay: m.wait_pay,
  'work-order': m.wait_work_order,
  supplier: m.wait_supplier,
  deliver: m.wait_deliver,
};

/** States of a line that say that a step was reached. */
const reachedBy: Record<OrderStep, readonly string[]> = {
  submit: ['awaiting-payment'],
  pay: ['paid'],
  'work-order': ['dispatched'],
  supplier: ['provisioning'],
  deliver: ['active'],
};

/** The steps of a line as the customer watches them, each with its time and what it waits for. */
export function stepsOf(order: Order, line: OrderLine): Step[] {
  const { progress } = line;
  const current = orderSteps.indexOf(progress.step);
  return orderSteps.map((step, index): Step => {
    const isDone = index < current || (index === current && progress.state === 'done');
    const state = isDone
      ? 'done'
      : index > current
        ? 'waiting'
        : progress.state === 'failed'
          ? 'failed'
          : 'current';
    return {
      key: step,
      title: titles[step](),
      state,
      at: timeOf(order, line, step),
      note: noteOf(line, step, state),
    };
  });
}

function timeOf(order: Order, line: OrderLine, step: OrderStep): string | null {
  if (step === 'submit') return order.submittedAt;
  if (step === 'pay') return order.paidAt;
  if (step === 'deliver' && line.activatedAt) return line.activatedAt;
  const event = order.events.find((each) => each.line === line.line && reachedBy[step].includes(each.state));
  return event?.at ?? null;
}

function noteOf(line: OrderLine, step: OrderStep, state: Step['state']): string | null {
  if (state === 'failed') {
    const money =
      line.state === 'refunded'
        ? m.failed_refunded({ amount: yuan(line.price) })
        : line.state === 'refunding'
          ? m.failed_refunding({ amount: yuan(line.price) })
          : '';
    return [line.failure?.message, money].filter(Boolean).join(' · ') || null;
  }
  if (state !== 'current') return null;
  return line.state === 'inquiring' ? m.wait_inquiring() : waits[step]();
}
