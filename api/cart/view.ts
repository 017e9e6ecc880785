import { z } from 'zod';
import { priceLine } from '../../domain/cart/cart.ts';
import type { PricedLine } from '../../domain/cart/cart.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { Language } from '../../domain/errors.ts';
import { readCart } from '../../db/cart/lines.ts';
import type { CartLine } from '../../db/cart/lines.ts';
import { readOffers } from '../../db/catalogue/offers.ts';
import { readPlanNames } from '../../db/catalogue/plan-names.ts';
import type { PlanName } from '../../db/catalogue/plan-names.ts';
import type { SignedInContext } from '../context.ts';
import { breakdownSchema, kindSchema, offerPlanSchema } from '../catalogue/schemas.ts';
import { breakdownView, planView } from '../catalogue/views.ts';
import { bilingualSchema, fenSchema, uuidSchema } from '../schemas.ts';

const lineSchema = z
  .object({
    id: uuidSchema,
    planId: uuidSchema,
    product: z.object({
      code: z.string(),
      kind: kindSchema.nullable(),
      name: bilingualSchema,
      provider: bilingualSchema,
    }),
    planName: bilingualSchema,
    quantity: z.string(),
    months: z.number().int(),
    pieces: z.number().int(),
    configuration: z.record(z.string(), z.string()),
    state: z.enum(['ready', 'price-changed', 'unavailable']),
    reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    priceSeen: fenSchema,
    breakdown: breakdownSchema.nullable(),
    /** What the line can be changed to; null when it is not sold any more. */
    plan: offerPlanSchema.nullable(),
  })
  .meta({ id: 'CartLine' });

export const cartSchema = z
  .object({
    items: z.array(lineSchema),
    /** Lines whose price is not the one last seen: the banner. */
    changed: z.array(z.object({ id: uuidSchema, seen: fenSchema, now: fenSchema })),
    total: fenSchema.meta({ description: 'Of all lines that can be bought' }),
  })
  .meta({ id: 'Cart' });

/** The caller's cart at the prices of now. */
export function cartView(context: SignedInContext): Promise<z.input<typeof cartSchema>> {
  return context.run(async (em) => {
    const lines = await readCart(em, context.session);
    const planIds = lines.map((line) => line.planId);
    const offers = await readOffers(em, context.sellerId, context.now, { planIds });
    const names = await readPlanNames(em, planIds);
    const priced = lines.map((line) => ({ line, now: priceLine(line, offers) }));
    const payable = priced.flatMap(({ now }) =>
      now.state === 'unavailable' ? [] : [now.breakdown!.payable],
    );
    return {
      items: priced.map(({ line, now }) => lineView(line, now, names.get(line.planId), context.language)),
      changed: priced.flatMap(({ line, now }) =>
        now.state === 'price-changed'
          ? [{ id: line.id, seen: line.priceSeen.toString(), now: now.breakdown!.payable.toString() }]
          : [],
      ),
      total: payable.reduce((sum, amount) => sum + amount, 0n).toString(),
    };
  });
}

const gone = { zh: '已下架商品', en: 'No longer sold' };

function lineView(
  line: CartLine,
  { offer, plan, state, reason, breakdown }: PricedLine,
  name: PlanName | undefined,
  language: Language,
): z.input<typeof lineSchema> {
  const planName = plan?.name ?? name?.plan ?? gone;
  return {
    id: line.id,
    planId: line.planId,
    product: {
      code: offer?.code ?? name?.productCode ?? '',
      kind: offer?.kind ?? null,
      name: offer?.name ?? name?.product ?? gone,
      provider: offer?.provider ?? { zh: '', en: '' },
    },
    planName,
    quantity: line.quantity,
    months: line.months,
    pieces: line.pieces,
    configuration: line.configuration as Record<string, string>,
    state,
    reason: reason && { code: reason, message: errorMessage(reason, language, { plan: planName[language] }) },
    priceSeen: line.priceSeen.toString(),
    breakdown: plan && breakdown && breakdownView(plan, line),
    plan: offer && plan && planView(offer.kind, plan),
  };
}
