import { defineParams } from '@sveltejs/kit/params';

const oneOf =
  <T extends string>(...values: T[]) =>
  (param: string): T | undefined =>
    values.find((value) => value === param);

export const params = defineParams({
  /** First path segment of the pages of organisations that sell. */
  seller: oneOf('partner', 'admin'),
  /** First path segment of the pages of staff, suppliers included. */
  staff: oneOf('partner', 'admin', 'supplier'),
  /** First path segment of the pages of every kind of organisation. */
  area: oneOf('console', 'partner', 'admin', 'supplier'),
});
