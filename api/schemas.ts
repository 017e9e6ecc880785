import { z } from 'zod';

/** Shapes that many routes share. Amounts are decimal strings of 分, instants ISO 8601, quantities decimals. */
export const fenSchema = z
  .string()
  .regex(/^-?\d{1,18}$/)
  .meta({ id: 'Fen', description: 'Amount in 分, as a decimal string', example: '123456' });

/** An amount that a caller sends: positive, at most 10 billion 元. */
export const positiveFenSchema = z
  .string()
  .regex(/^[1-9]\d{0,11}$/)
  .transform((text) => BigInt(text));

export const quantitySchema = z.string().regex(/^\d{1,15}(\.\d{1,9})?$/);
export const instantSchema = z.iso.datetime({ offset: true });
export const uuidSchema = z.uuid();
export const idParams = z.object({ id: uuidSchema });
export const bilingualSchema = z.object({ zh: z.string(), en: z.string() });

/** The page of a list: opaque cursor of the last row, at most 100 rows. */
export const pageQuery = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

/** A page of rows with the cursor of the next one, null at the end; the count is capped at 10,000. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), count: z.number().int().optional() });

export const emptySchema = z.object({});
