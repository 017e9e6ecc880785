import type { Fen } from '../money.ts';
import { addForms, formOf, valueOf, type Form } from './form.ts';
import type { Side } from './chart.ts';

/** Whose name an account is kept under. */
export type PartyRole = 'customer' | 'buyer' | 'seller' | 'supplier';

export interface TemplateLine {
  readonly side: Side;
  /** A title of the chart, or a slot of the template. */
  readonly account: string;
  readonly party?: PartyRole;
  /** A sum of inputs: "gross", "gross - commission". */
  readonly amount: string;
}

/** 分录模板: how one part of an event is booked in one book. Data: a new business adds one, no code. */
export interface EntryTemplate {
  readonly code: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  /** Amounts (分, not negative) in the order in which vouchers keep them. */
  readonly inputs: readonly string[];
  /** Inputs that are the sum of others, checked at every posting: gross = net + vat. */
  readonly sums?: Readonly<Record<string, string>>;
  /** Accounts chosen by the terms of the agreement. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  readonly lines: readonly TemplateLine[];
}

/** One use of a template. */
export interface Part {
  readonly template: string;
  readonly inputs: Readonly<Record<string, Fen>>;
  readonly parties: Readonly<Partial<Record<PartyRole, string>>>;
  readonly slots?: Readonly<Record<string, string>>;
}

/** An entry line: `effect` above zero is a debit, below zero a credit. `party` is '' where the account has none. */
export interface Line {
  readonly account: string;
  readonly party: string;
  readonly effect: Fen;
}

/** A template that was shown to balance, ready to be used. */
export interface CompiledTemplate {
  readonly template: EntryTemplate;
  readonly name: string;
  readonly forms: readonly Form[];
  readonly sums: readonly { readonly input: string; readonly form: Form }[];
}

/** The largest amount a line takes; sums of many of them still fit PostgreSQL's bigint. */
export const largestAmount: Fen = 2n ** 62n;

/**
 * Shows that a template balances for all inputs and prepares it. The sums are put into the lines' amounts; what is
 * left, debits minus credits, must vanish for every free input.
 * @param titles codes of the chart it will be used with; null leaves that out
 * @throws RangeError naming what is wrong
 */
export function compileTemplate(
  template: EntryTemplate,
  titles: ReadonlySet<string> | null,
): CompiledTemplate {
  const inputs = new Set(template.inputs);
  const sums = Object.entries(template.sums ?? {}).map(([input, text]) => ({
    input,
    form: formOf(text, inputs),
  }));
  const forms = template.lines.map((line) => formOf(line.amount, inputs));
  const fail = (what: string): never => {
    throw new RangeError(`template ${template.code}@${template.version}: ${what}`);
  };
  if (inputs.size !== template.inputs.length) fail('an input is named twice');
  for (const { input, form } of sums) {
    if (!inputs.has(input)) fail(`${input} is no input`);
    if (sums.some((other) => form.has(other.input))) fail(`the sum of ${input} contains another sum`);
  }
  for (const line of template.lines) {
    for (const account of template.slots?.[line.account] ?? [line.account]) {
      if (titles && !titles.has(account)) fail(`the chart has no account ${account}`);
    }
  }
  let difference: Form = new Map();
  template.lines.forEach((line, index) => {
    difference = addForms(difference, forms[index]!, line.side === 'debit' ? 1n : -1n);
  });
  for (const { input, form } of sums) {
    const times = difference.get(input) ?? 0n;
    difference = addForms(addForms(difference, new Map([[input, 1n]]), -times), form, times);
  }
  const unbalanced = [...difference].find(([, coefficient]) => coefficient !== 0n);
  if (unbalanced) fail(`debits and credits differ by ${unbalanced[1]} × ${unbalanced[0]}`);
  return { template, name: `${template.code}@${template.version}`, forms, sums };
}

/**
 * The lines of one part; lines of zero are left out.
 * @throws RangeError on a missing, negative or too large input, on a sum that does not hold, on a missing party or slot
 */
export function expandPart(compiled: CompiledTemplate, part: Part): Line[] {
  const { template, forms, sums } = compiled;
  for (const name of template.inputs) {
    const value = part.inputs[name];
    if (value === undefined || value < 0n || value > largestAmount) {
      throw new RangeError(`${compiled.name}: ${name} is ${value}`);
    }
  }
  for (const { input, form } of sums) {
    if (part.inputs[input] !== valueOf(form, part.inputs))
      throw new RangeError(`${compiled.name}: ${input} is no sum`);
  }
  const lines: Line[] = [];
  for (let index = 0; index < forms.length; index += 1) {
    const value = valueOf(forms[index]!, part.inputs);
    if (value === 0n) continue;
    const line = template.lines[index]!;
    const party = line.party === undefined ? '' : part.parties[line.party];
    if (party === undefined) throw new RangeError(`${compiled.name}: no ${line.party} is named`);
    lines.push({
      account: accountOf(compiled, line, part),
      party,
      effect: line.side === 'debit' ? value : -value,
    });
  }
  return lines;
}

function accountOf({ template, name }: CompiledTemplate, line: TemplateLine, part: Part): string {
  const choices = template.slots?.[line.account];
  if (!choices) return line.account;
  const chosen = part.slots?.[line.account];
  if (chosen === undefined || !choices.includes(chosen))
    throw new RangeError(`${name}: ${line.account} is ${chosen}`);
  return chosen;
}
