import { m } from '#lib/paraglide/messages.js';
import { plainQuantity } from './money.ts';

const units: Record<string, () => string> = {
  'core-hour': m.unit_core_hour,
  'gpu-hour': m.unit_gpu_hour,
  piece: m.unit_piece,
  'piece-month': m.unit_piece_month,
  gb: m.unit_gb,
  mbps: m.unit_mbps,
};

/** The name of a quantity's unit in the language of the page. */
export const unitLabel = (unit: string): string => units[unit]?.() ?? unit;

/** "1,000 核时". */
export const quantityText = (quantity: string, unit: string): string =>
  `${plainQuantity(quantity)} ${unitLabel(unit)}`;
