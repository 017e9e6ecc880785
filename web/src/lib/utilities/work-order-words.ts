import { m } from '#lib/paraglide/messages.js';

const drivers: Record<string, () => string> = {
  slurm: m.driver_slurm,
  'open-computing': m.driver_open_computing,
  manual: m.driver_manual,
};

/** By what a resource is opened. */
export const driverLabel = (driver: string): string => drivers[driver]?.() ?? driver;

export const driverOptions = (): { value: string; label: string }[] =>
  Object.keys(drivers).map((value) => ({ value, label: driverLabel(value) }));

const requestTexts: Record<string, () => string> = {
  sku: m.plan_code,
  quantity: m.quantity,
  unit: m.plan_unit,
  months: m.period,
};

/** The name of a fact that a work order asks for; configuration keeps its own. */
export const requestLabel = (key: string): string => requestTexts[key]?.() ?? key;
