import {
  compileTemplate,
  expandPart,
  type CompiledTemplate,
  type EntryTemplate,
} from '../../domain/ledger/template.ts';
import type { Query } from './books.ts';

interface VoucherRow {
  organisation_id: string;
  period: string;
  event_id: string;
  templates: string;
  inputs: string[];
  amounts: string[];
  red: boolean;
  reverses: string | null;
}

/** Expands every voucher from its stored templates and inputs and compares the amounts, page by page. */
export async function expandAgain(query: Query, mostViolations: number): Promise<string[]> {
  const compiled = new Map<string, CompiledTemplate>();
  const definitions = await query<{ organisation_id: string; definition: EntryTemplate }>(
    'SELECT organisation_id, definition FROM ledger.entry_template',
    [],
  );
  const shared = new Map<string, CompiledTemplate>();
  for (const { organisation_id, definition } of definitions) {
    const text = JSON.stringify(definition);
    if (!shared.has(text)) shared.set(text, compileTemplate(definition, null));
    compiled.set(`${organisation_id} ${definition.code}@${definition.version}`, shared.get(text)!);
  }
  const violations: string[] = [];
  let after: [string, string, string] = ['00000000-0000-0000-0000-000000000000', '0001-01-01', '0'];
  while (violations.length < mostViolations) {
    const rows = await query<VoucherRow>(
      `SELECT organisation_id, period::text, event_id, templates, inputs, amounts, red, reverses FROM ledger.voucher
       WHERE (organisation_id, period, event_id) > ($1, $2::date, $3::bigint)
       ORDER BY organisation_id, period, event_id LIMIT 5000`,
      after,
    );
    for (const row of rows) {
      const difference = differenceOf(row, compiled);
      if (difference)
        violations.push(`voucher of event ${row.event_id} in book ${row.organisation_id}: ${difference}`);
    }
    const last = rows.at(-1);
    if (rows.length < 5000 || !last) break;
    after = [last.organisation_id, last.period, last.event_id];
  }
  return violations;
}

/** What is wrong with a voucher, or null. */
function differenceOf(row: VoucherRow, compiled: ReadonlyMap<string, CompiledTemplate>): string | null {
  const amounts: bigint[] = [];
  let used = 0;
  for (const name of row.templates.split(' ')) {
    const template = compiled.get(`${row.organisation_id} ${name}`);
    if (!template) return `no template ${name}`;
    const { inputs, slots = {} } = template.template;
    const values = inputs.map((input, index) => [input, BigInt(row.inputs[used + index] ?? -1)] as const);
    used += inputs.length;
    const part = {
      template: name,
      inputs: Object.fromEntries(values),
      parties: { customer: 'x', buyer: 'x', seller: 'x', supplier: 'x' },
      slots: Object.fromEntries(Object.entries(slots).map(([slot, [first]]) => [slot, first!])),
    };
    try {
      amounts.push(
        ...expandPart(template, part).map(({ effect }) => (row.reverses === null ? effect : -effect)),
      );
    } catch (error) {
      return String(error);
    }
  }
  return used === row.inputs.length && amounts.join() === row.amounts.join() ? null : 'other amounts';
}
