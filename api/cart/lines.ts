import { z } from 'zod';
import { checkChoice } from '../../domain/catalogue/choice.ts';
import type { PlanChoice } from '../../domain/catalogue/choice.ts';
import { lineToJoin, maximumCartLines, priceOf } from '../../domain/cart/cart.ts';
import { BusinessError } from '../../domain/errors.ts';
import {
  addCartLine,
  changeCartLine,
  lockCart,
  lockCartLine,
  readCart,
  removeCartLine,
} from '../../db/cart/lines.ts';
import { readOffers } from '../../db/catalogue/offers.ts';
import { readPlanNames } from '../../db/catalogue/plan-names.ts';
import type { SignedInContext } from '../context.ts';
import { codeSchema } from '../catalogue/schemas.ts';
import { route, type AnyRoute } from '../route.ts';
import { idParams, quantitySchema } from '../schemas.ts';
import { cartSchema, cartView } from './view.ts';

const choiceFields = {
  quantity: quantitySchema,
  months: z.number().int().min(0).max(60),
  pieces: z.number().int().min(1).max(100),
  configuration: z.record(z.string().max(60), z.string().max(120)),
};

const choiceErrors = [
  'QUANTITY_NOT_VALID',
  'QUANTITY_NOT_OFFERED',
  'PLAN_PERIOD_NOT_OFFERED',
  'PLAN_HAS_NO_PERIOD',
  'PIECES_NOT_OFFERED',
  'OPTION_NOT_OFFERED',
] as const;

export const cartRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/cart',
    permission: 'cart.use',
    summary:
      'One’s cart at the prices of now: lines, what changed since it was seen, and the total of what can be bought',
    response: cartSchema,
    handler: (context) => cartView(context),
  }),
  route({
    method: 'post',
    path: '/cart/lines',
    permission: 'cart.use',
    summary: 'Put a plan into the cart; the same choice joins its line',
    body: z.object({
      plan: codeSchema,
      quantity: choiceFields.quantity.default('1'),
      months: choiceFields.months.default(0),
      pieces: choiceFields.pieces.default(1),
      configuration: choiceFields.configuration.default({}),
    }),
    response: cartSchema,
    status: 201,
    errors: ['NOT_FOUND', 'CART_FULL', ...choiceErrors],
    async handler(context) {
      const { plan: code, ...choice } = context.body;
      await context.run((em) => addToCart(em, context, code, choice));
      return cartView(context);
    },
  }),
  route({
    method: 'patch',
    path: '/cart/lines/:id',
    permission: 'cart.use',
    summary: 'Change quantity, period, pieces or configuration of a line',
    params: idParams,
    body: z.object({
      quantity: choiceFields.quantity.optional(),
      months: choiceFields.months.optional(),
      pieces: choiceFields.pieces.optional(),
      configuration: choiceFields.configuration.optional(),
    }),
    response: cartSchema,
    errors: ['NOT_FOUND', 'PLAN_NOT_FOR_SALE', ...choiceErrors],
    async handler(context) {
      await context.run(async (em) => {
        const line = await lockCartLine(em, context.session, context.params.id);
        if (!line) throw new BusinessError('NOT_FOUND');
        const { quantity, months, pieces, configuration } = context.body;
        const changed = {
          ...line,
          quantity: quantity ?? line.quantity,
          months: months ?? line.months,
          pieces: pieces ?? line.pieces,
          configuration: configuration ?? line.configuration,
        };
        const [offer] = await readOffers(em, context.sellerId, context.now, { planIds: [line.planId] });
        const plan = offer?.plans[0];
        if (!offer || !plan) {
          const names = (await readPlanNames(em, [line.planId])).get(line.planId);
          throw new BusinessError('PLAN_NOT_FOR_SALE', { plan: names?.plan[context.language] ?? '' });
        }
        checkChoice(offer.kind, plan, changed);
        await changeCartLine(em, { ...changed, priceSeen: priceOf(plan, changed).payable }, context.now);
      });
      return cartView(context);
    },
  }),
  route({
    method: 'delete',
    path: '/cart/lines/:id',
    permission: 'cart.use',
    summary: 'Take a line out of the cart',
    params: idParams,
    response: cartSchema,
    async handler(context) {
      const isRemoved = await context.run((em) => removeCartLine(em, context.session, context.params.id));
      if (!isRemoved) throw new BusinessError('NOT_FOUND');
      return cartView(context);
    },
  }),
  route({
    method: 'post',
    path: '/cart/prices-seen',
    permission: 'cart.use',
    summary: 'Say that the prices of now have been seen; the banner of changed prices goes',
    response: cartSchema,
    async handler(context) {
      await context.run(async (em) => {
        await lockCart(em, context.session);
        const lines = await readCart(em, context.session);
        const planIds = lines.map((line) => line.planId);
        const offers = await readOffers(em, context.sellerId, context.now, { planIds });
        for (const line of lines) {
          const plan = offers.flatMap((offer) => offer.plans).find(({ id }) => id === line.planId);
          if (plan)
            await changeCartLine(em, { ...line, priceSeen: priceOf(plan, line).payable }, context.now);
        }
      });
      return cartView(context);
    },
  }),
];

type Transaction = Parameters<Parameters<SignedInContext['run']>[0]>[0];

async function addToCart(
  em: Transaction,
  context: SignedInContext,
  planCode: string,
  choice: PlanChoice,
): Promise<void> {
  const { session, sellerId, now } = context;
  await lockCart(em, session);
  const [offer] = await readOffers(em, sellerId, now, { planCode });
  const plan = offer?.plans[0];
  if (!offer || !plan) throw new BusinessError('NOT_FOUND');
  checkChoice(offer.kind, plan, choice);
  const lines = await readCart(em, session);
  const same = lineToJoin(lines, plan.id, choice, plan.maxPieces);
  if (same) {
    const joined = { ...same, pieces: same.pieces + choice.pieces };
    await changeCartLine(em, { ...joined, priceSeen: priceOf(plan, joined).payable }, now);
    return;
  }
  if (lines.length >= maximumCartLines) throw new BusinessError('CART_FULL', { maximum: maximumCartLines });
  const line = { ...choice, productId: offer.id, planId: plan.id, priceSeen: priceOf(plan, choice).payable };
  await addCartLine(em, session, line, now);
}
