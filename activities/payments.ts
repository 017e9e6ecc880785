import type { AlipayTradeState } from '../domain/payments/alipay.ts';
import { assertGatewayUrl } from '../domain/configuration.ts';
import { BusinessError } from '../domain/errors.ts';
import type { GatewayOutcome } from '../domain/outcomes.ts';
import { rechargeMinutes, type CreatedRecharge, type RechargeInput } from '../domain/payments.messages.ts';
import { writeMessage } from '../db/notifications/messages.ts';
import { readExpiry } from '../db/orders/read-process.ts';
import {
  moveRecharge,
  readBinding,
  readRecharge,
  writeRecharge,
  type OpenedBinding,
  type RechargeRow,
} from '../db/payments/recharges.ts';
import { emit } from '../db/stream.ts';
import type { Dependencies } from './dependencies.ts';
import { typed } from './failures.ts';
import { closeTrade, pagePayUrl, queryTrade } from './gateways/alipay.ts';

/** What a channel says of a trade. */
export interface ChannelTrade {
  state: AlipayTradeState;
  tradeNumber: string | null;
}

export interface PaidRecharge {
  number: string;
  tradeNumber: string;
  at: string;
}

/** Steps of `recharge/NO` in database and ledger. */
export interface RechargeActivities {
  /** @throws ONLINE_PAYMENT_NOT_OFFERED where the seller has no merchant account */
  createRecharge(input: RechargeInput): Promise<CreatedRecharge>;
  /** Books what the channel has received, once for ever; answers who asked for it and for which order. */
  bookRecharge(paid: PaidRecharge): Promise<{ userId: string; orderNumber?: string }>;
  markRecharge(mark: {
    number: string;
    state: 'pending' | 'unknown' | 'closed';
    reason?: string;
    at: string;
  }): Promise<void>;
}

/** Calls to the payment channel; one try is one answer, and `unknown` is one. */
export interface ChannelActivities {
  queryRecharge(recharge: { number: string }): Promise<GatewayOutcome<ChannelTrade>>;
  closeRecharge(recharge: { number: string }): Promise<GatewayOutcome<unknown>>;
}

export function createRechargeActivities({
  database,
  ledger,
  secrets,
  production,
  publicUrl,
}: Dependencies): RechargeActivities {
  return typed<RechargeActivities>({
    createRecharge: (input: RechargeInput) =>
      database.asSystem('recharge-process', async (em) => {
        const known = await readRecharge(em, input.number);
        if (known) return { payUrl: known.payUrl!, expiresAt: known.expiresAt.toISOString() };
        const binding = await readBinding(em, secrets, { sellerId: input.sellerId }, publicUrl);
        if (!binding) throw new BusinessError('ONLINE_PAYMENT_NOT_OFFERED');
        assertGatewayUrl(production, binding.alipay.gatewayUrl);
        const expiresAt = await expiryOf(em, input);
        const payUrl = pagePayUrl(binding.alipay, {
          rechargeNumber: input.number,
          amount: BigInt(input.amount),
          subject: `KBOSS ${input.number}`,
          expiresAt,
          returnUrl: input.returnUrl,
        });
        await writeRecharge(em, input, { bindingId: binding.id, payUrl, expiresAt });
        return { payUrl, expiresAt: expiresAt.toISOString() };
      }),

    async bookRecharge({ number, tradeNumber, at }: PaidRecharge) {
      const recharge = await database.asSystem('recharge-process', (em) => readRecharge(em, number));
      if (!recharge) throw new Error(`recharge ${number} does not exist`);
      await ledger.recharge({
        key: `recharge/${number}`,
        seller: recharge.sellerId,
        customer: recharge.customerId,
        amount: recharge.amount,
        channel: 'alipay',
        tradeNo: tradeNumber,
        rechargeNo: number,
        at: new Date(at),
      });
      await database.asSystem('recharge-process', async (em) => {
        const move = { at, actor: 'channel' };
        const set = { trade_number: tradeNumber, ended_at: at };
        if (!(await moveRecharge(em, number, 'succeeded', move, set))) return;
        await emit(em, [recharge.customerId], 'wallet', { recharge: number });
        await writeMessage(em, {
          organisationId: recharge.customerId,
          key: `recharge/${number}:succeeded`,
          kind: 'recharge-succeeded',
          details: { recharge: number, amount: recharge.amount.toString() },
          link: '/wallet',
          at,
        });
      });
      return {
        userId: recharge.userId,
        ...(recharge.orderNumber === null ? {} : { orderNumber: recharge.orderNumber }),
      };
    },

    markRecharge: ({ number, state, reason, at }) =>
      database.asSystem('recharge-process', async (em) => {
        const move = { at, actor: 'process', ...(reason === undefined ? {} : { reason }) };
        await moveRecharge(em, number, state, move, state === 'closed' ? { ended_at: at } : {});
      }),
  } satisfies RechargeActivities);

  /** A recharge for an order ends with the order: nobody shall pay for what can no longer be had. */
  async function expiryOf(em: Parameters<typeof readExpiry>[0], input: RechargeInput): Promise<Date> {
    const usual = new Date(Date.parse(input.at) + rechargeMinutes * 60_000);
    const order = input.orderNumber ? await readExpiry(em, input.orderNumber) : null;
    return order && order < usual ? order : usual;
  }
}

export function createChannelActivities(dependencies: Dependencies): ChannelActivities {
  return typed<ChannelActivities>({
    async queryRecharge({ number }: { number: string }): Promise<GatewayOutcome<ChannelTrade>> {
      const { recharge, binding } = await reach(dependencies, number);
      const answer = await queryTrade(binding.alipay, { rechargeNumber: number, amount: recharge.amount });
      if (answer.outcome !== 'accepted') return answer;
      const { state, tradeNumber } = answer.value;
      return { outcome: 'accepted', value: { state, tradeNumber } };
    },

    async closeRecharge({ number }: { number: string }) {
      const { binding } = await reach(dependencies, number);
      return closeTrade(binding.alipay, number);
    },
  });
}

async function reach(
  { database, secrets, production, publicUrl }: Dependencies,
  number: string,
): Promise<{ recharge: RechargeRow; binding: OpenedBinding }> {
  const found = await database.asSystem('recharge-process', async (em) => {
    const recharge = await readRecharge(em, number);
    const binding = recharge && (await readBinding(em, secrets, { id: recharge.bindingId }, publicUrl));
    return recharge && binding ? { recharge, binding } : null;
  });
  if (!found) throw new Error(`recharge ${number} does not exist`);
  assertGatewayUrl(production, found.binding.alipay.gatewayUrl);
  return found;
}
