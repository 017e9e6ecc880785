import { Problem } from '#lib/api/problem.ts';

/** What a form finds wrong itself, shown beside the field as the api's refusals are. */
export const fieldProblem = (field: string, message: string): Problem =>
  new Problem({ code: 'INVALID_INPUT', message, fields: { [field]: message } }, 422, '');
