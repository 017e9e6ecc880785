import { z } from 'zod';
import { compareOffers, maximumCompared } from '../../domain/catalogue/comparison.ts';
import { cheapestPlan } from '../../domain/catalogue/offer.ts';
import { BusinessError } from '../../domain/errors.ts';
import { route } from '../route.ts';
import { bilingualSchema } from '../schemas.ts';
import { codeSchema, comparisonRowSchema, offerCardSchema } from './schemas.ts';
import { offersOf } from './shop.ts';
import { cardOf } from './views.ts';

const itemPattern = /^([a-z0-9][a-z0-9-]{1,63})(?:~([a-z0-9][a-z0-9-]{1,63}))?$/;

export const comparisonRoute = route({
  method: 'get',
  path: '/shop/comparison',
  permission: 'public',
  summary: 'Up to four products of one kind side by side, one plan each',
  query: z.object({
    items: z.string().max(600).meta({
      description: 'productCode or productCode~planCode, separated by commas; the cheapest plan by default',
    }),
    onlyDifferences: z.enum(['true', 'false']).default('false'),
  }),
  response: z.object({
    columns: z.array(
      z.object({
        product: offerCardSchema,
        planCode: codeSchema,
        plans: z.array(z.object({ code: codeSchema, name: bilingualSchema })),
      }),
    ),
    rows: z.array(comparisonRowSchema),
  }),
  errors: ['COMPARISON_NOT_VALID'],
  async handler(context) {
    const wanted = context.query.items.split(',').map((item) => itemPattern.exec(item));
    if (wanted.length > maximumCompared || wanted.some((match) => match === null)) {
      throw new BusinessError('COMPARISON_NOT_VALID', { maximum: maximumCompared });
    }
    const offers = await offersOf(context, { productCodes: wanted.map((match) => match![1]!) });
    const columns = wanted.map((match) => {
      const offer = offers.find((candidate) => candidate.code === match![1]);
      const plan =
        offer && (match![2] ? offer.plans.find(({ code }) => code === match![2]) : cheapestPlan(offer.plans));
      if (!offer || !plan) throw new BusinessError('NOT_FOUND');
      return { offer, plan };
    });
    return {
      columns: columns.map(({ offer, plan }) => ({
        product: cardOf(offer),
        planCode: plan.code,
        plans: offer.plans.map(({ code, name }) => ({ code, name })),
      })),
      rows: compareOffers(columns, context.query.onlyDifferences === 'true'),
    };
  },
});
