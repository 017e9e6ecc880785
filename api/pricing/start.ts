import { BusinessError } from '../../domain/errors.ts';

/**
 * The instant from which a new price version is in force: the one asked for, else now.
 * @throws BusinessError PRICE_STARTS_IN_PAST: what was sold then was sold at the price of then
 */
export function startOf(context: { now: Date; body: { validFrom?: string | undefined } }): Date {
  const { validFrom } = context.body;
  if (validFrom === undefined) return context.now;
  const start = new Date(validFrom);
  if (start < context.now)
    throw new BusinessError('PRICE_STARTS_IN_PAST', {}, { validFrom: 'PRICE_STARTS_IN_PAST' });
  return start;
}
