import { verifyAlipayNotification } from '../../db/payments/alipay-notification.ts';
import { amountOfRecharge, bindingOfCallback } from '../../db/payments/callbacks.ts';
import { recordInInbox } from '../../db/inbox.ts';
import type { AlipayInboxBody } from '../../domain/inbox.ts';
import { callback } from '../route.ts';

/**
 * Alipay's notification of one binding. It is believed only when everything about it is right, kept for ever before it
 * is answered, and answered alike each time; what follows from it is the relay's and the recharge's.
 */
export const alipayCallback = callback({
  method: 'post',
  path: '/callback/alipay/:code',
  summary: 'Notification of Alipay to one binding',
  async handler({ services, requestId }, { request, response }) {
    const form = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const code = String(request.params['code']);
    const outcome = await services.database.inScope('callback', async (em) => {
      const binding = await bindingOfCallback(em, code);
      if (!binding) return 'UNKNOWN_BINDING';
      const verdict = await verifyAlipayNotification(form, binding, (number) =>
        amountOfRecharge(em, binding.id, number),
      );
      if (!verdict.genuine) return verdict.refusal;
      const { notifyId, rechargeNumber, tradeNumber, state, fields } = verdict.notification;
      const body: AlipayInboxBody = { rechargeNumber, tradeNumber, state, fields };
      return recordInInbox(em, {
        provider: `alipay/${binding.id}`,
        externalId: `${notifyId}/${state}`,
        organisationId: binding.organisationId,
        body: { ...body },
      });
    });
    const isBelieved = outcome === 'recorded' || outcome === 'known';
    if (!isBelieved) services.log.warn({ requestId, refusal: outcome, callback: 'alipay' }, 'not believed');
    response.type('text/plain').send(isBelieved ? 'success' : 'fail');
  },
});
