import type { Fen } from '../money.ts';

/** A sum of inputs with whole coefficients: "gross - commission" is gross → 1, commission → −1. */
export type Form = ReadonlyMap<string, bigint>;

const term = /^\s*([+-]?)\s*(?:(\d{1,9})\s*\*\s*)?([A-Za-z][A-Za-z0-9]{0,30})\s*/;

/**
 * Reads a sum of inputs; nothing else is an expression, so it takes linear time and knows no fractions.
 * @throws RangeError on anything else, or on an input that is not among `inputs`
 */
export function formOf(text: string, inputs: ReadonlySet<string>): Form {
  const form = new Map<string, bigint>();
  let rest = text;
  let isFirst = true;
  while (isFirst || rest.length > 0) {
    const match = term.exec(rest);
    if (!match || (!isFirst && match[1] === ''))
      throw new RangeError(`not a sum of inputs: ${JSON.stringify(text)}`);
    const [whole, sign, factor = '1', name = ''] = match;
    if (!inputs.has(name)) throw new RangeError(`unknown input ${name}`);
    form.set(name, (form.get(name) ?? 0n) + (sign === '-' ? -BigInt(factor) : BigInt(factor)));
    rest = rest.slice(whole.length);
    isFirst = false;
  }
  return form;
}

export function addForms(left: Form, right: Form, times: bigint): Form {
  const sum = new Map(left);
  for (const [name, coefficient] of right) sum.set(name, (sum.get(name) ?? 0n) + coefficient * times);
  return sum;
}

/** The amount for given inputs; all of them must be there. */
export function valueOf(form: Form, inputs: Readonly<Record<string, Fen>>): Fen {
  let value = 0n;
  for (const [name, coefficient] of form) {
    value += coefficient === 1n ? inputs[name]! : coefficient * inputs[name]!;
  }
  return value;
}
