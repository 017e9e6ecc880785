import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { listingActions, moveListing, type ListingAction } from '../../domain/catalogue/listing.ts';
import { assertComplete } from '../../domain/catalogue/plan-rules.ts';
import { BusinessError } from '../../domain/errors.ts';
import { readListingEvents, writeListingMove } from '../../db/catalogue/listing.ts';
import { readPlans } from '../../db/catalogue/plans.ts';
import { readProduct, type ProductRecord } from '../../db/catalogue/products.ts';
import { readUnitPrices } from '../../db/pricing/list-prices.ts';
import { audit } from '../audit.ts';
import type { SignedInContext } from '../context.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams } from '../schemas.ts';
import { productDetail } from './product-view.ts';
import { productDetailSchema } from './staff-schemas.ts';

const summaries: Record<ListingAction, string> = {
  submit: 'Submit a draft for review',
  withdraw: 'Take a submission back',
  approve: 'Approve a product and put it on the shelf',
  reject: 'Send a product back to its author, with the reason',
  'take-off': 'Take a product off the shelf; what is sold stays',
  'put-back': 'Put a product back on the shelf as it was approved',
  revise: 'Make a draft of a product that is off the shelf',
};

const optionalReason = z.object({ reason: z.string().trim().max(500).default('') });
const neededReason = z.object({ reason: z.string().trim().min(1).max(500) });

/** One route for each action of the listing table, under the permission that the table names. */
export const listingRoutes: readonly AnyRoute[] = (Object.keys(listingActions) as ListingAction[]).map(
  (action) =>
    route({
      method: 'post',
      path: `/products/:id/${action}`,
      permission: listingActions[action].permission,
      summary: summaries[action],
      params: idParams,
      body: action === 'reject' ? neededReason : optionalReason,
      response: productDetailSchema,
      errors: [
        'NOT_FOUND',
        'LISTING_MOVE_NOT_ALLOWED',
        'PRODUCT_NOT_COMPLETE',
        'ATTRIBUTE_MISSING',
        'REVIEWER_IS_AUTHOR',
      ],
      handler: (context) =>
        context.run(async (em) => {
          const { organisationId, userId } = context.session;
          const product = await readProduct(em, organisationId, context.params.id, 'for update');
          const to = moveListing(product.state, action);
          await check(em, context, action, product);
          const reason = context.body.reason || null;
          await writeListingMove(em, { ...product, organisationId }, to, { userId, reason, at: context.now });
          await audit(em, context, {
            action: `product.${action}`,
            subjectType: 'product',
            subjectId: product.id,
            before: { state: product.state },
            after: { state: to, ...(reason && { reason }) },
          });
          return productDetail(em, context, product.id);
        }),
    }),
);

/** What goes to a reviewer or the shelf is complete, and nobody reviews what they submitted. */
async function check(
  em: EntityManager,
  context: SignedInContext,
  action: ListingAction,
  product: ProductRecord,
): Promise<void> {
  if (action === 'approve') {
    const events = await readListingEvents(em, product.id);
    const submission = events.find(({ to }) => to === 'in-review');
    if (submission?.userId === context.session.userId) throw new BusinessError('REVIEWER_IS_AUTHOR');
  }
  if (!['submit', 'approve', 'put-back'].includes(action)) return;
  const plans = (await readPlans(em, product.id)).filter((plan) => plan.state === 'active');
  const prices = await readUnitPrices(
    em,
    plans.map((plan) => plan.id),
    context.now,
  );
  assertComplete({
    kind: product.kind,
    attributes: product.attributes,
    hasSupply: product.poolId !== null,
    plans: plans.map((plan) => ({ specification: plan.specification, hasListPrice: prices.has(plan.id) })),
  });
}
