import type { EntityManager } from '@mikro-orm/postgresql';
import { checkChoice } from '../../domain/catalogue/choice.ts';
import type { Offer, OfferPlan } from '../../domain/catalogue/offer.ts';
import { BusinessError } from '../../domain/errors.ts';
import { formatYuan } from '../../domain/money.ts';
import { mostLines, type OrderedItem, type OrderInput } from '../../domain/orders.messages.ts';
import type { Chain } from '../../domain/pricing/chain.ts';
import { priceGroup } from '../../domain/pricing/group.ts';
import { readOffers } from '../../db/catalogue/offers.ts';
import { isOpenProject } from '../../db/orders/projects.ts';
import type { FrozenLine } from '../../db/orders/write-order.ts';
import { chainInputOf, loadSaleChains, type SaleChain } from '../../db/pricing/sale-chain.ts';

/** A frozen line with what its edges reserve by. */
export type PricedLine = FrozenLine & { terms: SaleChain['terms'] };

/**
 * Checks every item and prices it through its whole chain at the instant of the submission; n pieces become n lines.
 * @throws BusinessError PLAN_NOT_FOR_SALE, OUT_OF_STOCK, the refusals of `checkChoice`, PRICE_CHANGED, PROJECT_NOT_FOUND,
 *   TOO_MANY_LINES; PricingRefusal where an edge of the chain does not sell
 */
export async function freezeLines(em: EntityManager, input: OrderInput): Promise<PricedLine[]> {
  const pieces = input.items.reduce((sum, item) => sum + item.pieces, 0);
  if (pieces === 0) throw new BusinessError('EMPTY_ORDER');
  if (pieces > mostLines) throw new BusinessError('TOO_MANY_LINES', { maximum: mostLines });
  for (const projectId of new Set(input.items.map((item) => item.projectId))) {
    if (!(await isOpenProject(em, input.buyerId, projectId))) throw new BusinessError('PROJECT_NOT_FOUND');
  }
  const at = new Date(input.at);
  const planIds = [...new Set(input.items.map(({ planId }) => planId))];
  const offers = await readOffers(em, input.sellerId, at, { planIds });
  const chains = await loadSaleChains(em, input.sellerId, planIds, at);
  const lines: PricedLine[] = [];
  for (const [index, item] of input.items.entries()) {
    const found = findPlan(offers, item.planId);
    const chain = chains.get(item.planId);
    if (!found || !chain)
      throw new BusinessError('PLAN_NOT_FOR_SALE', {}, { [`items.${index}.planId`]: 'PLAN_NOT_FOR_SALE' });
    // Nothing left, or the pool is not managed: nobody is asked for money that would only come back.
    if (found.plan.stock === 'none') throw new BusinessError('OUT_OF_STOCK');
    const priced = freezeItem(input, index, item, found, chain);
    lines.push(...priced.map((line, piece) => ({ ...line, line: lines.length + piece + 1 })));
  }
  return lines;
}

function findPlan(offers: readonly Offer[], planId: string): { offer: Offer; plan: OfferPlan } | null {
  for (const offer of offers) {
    const plan = offer.plans.find(({ id }) => id === planId);
    if (plan) return { offer, plan };
  }
  return null;
}

function freezeItem(
  input: OrderInput,
  index: number,
  item: OrderedItem,
  { offer, plan }: { offer: Offer; plan: OfferPlan },
  chain: SaleChain,
): PricedLine[] {
  checkChoice(offer.kind, plan, item);
  const bought = { customerId: input.buyerId, quantity: item.quantity, months: item.months };
  const pieces = priceGroup(chainInputOf(chain, bought), item.pieces);
  assertPriceSeen(item, plan, pieces);
  return pieces.map(({ list, payable, legs, reductions }) => ({
    line: 0,
    group: index + 1,
    productId: offer.id,
    planId: plan.id,
    kind: offer.kind,
    title: { zh: `${offer.name.zh} ${plan.name.zh}`, en: `${offer.name.en} ${plan.name.en}` },
    configuration: item.configuration,
    specification: plan.specification,
    quantity: item.quantity,
    quantityUnit: plan.quantity.unit,
    months: item.months,
    list,
    payable,
    projectId: item.projectId,
    legs,
    edgeIds: [...chain.terms.map(({ edgeId }) => edgeId), null],
    reductions,
    terms: chain.terms,
  }));
}

/** Nobody is charged another price than the one they saw. */
function assertPriceSeen(item: OrderedItem, plan: OfferPlan, pieces: readonly Chain[]): void {
  const price = pieces.reduce((sum, { payable }) => sum + payable, 0n);
  if (price === BigInt(item.priceSeen)) return;
  throw new BusinessError('PRICE_CHANGED', {
    plan: plan.name.zh,
    planId: item.planId,
    seen: formatYuan(BigInt(item.priceSeen)),
    price: formatYuan(price),
    priceFen: price.toString(),
  });
}
