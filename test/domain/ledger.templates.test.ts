import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standardChart } from '../../domain/ledger/chart.ts';
import { formOf } from '../../domain/ledger/form.ts';
import { mirrors } from '../../domain/ledger/mirrors.ts';
import { saleDraft } from '../../domain/ledger/sale.ts';
import {
  compileTemplate,
  expandPart,
  largestAmount,
  type EntryTemplate,
} from '../../domain/ledger/template.ts';
import { standardTemplates } from '../../domain/ledger/templates.ts';
import { priceChain } from '../../domain/pricing/chain.ts';
import { splitVat } from '../../domain/money.ts';
import { discountEdge, fixed, rebateEdge } from './pricing/chains.ts';

const titles = new Set(standardChart.map(({ code }) => code));
const compiled = new Map(
  standardTemplates.map((template) => [template.code, compileTemplate(template, titles)]),
);
const rates = {
  general: { kind: 'general', rate: '0.06' },
  small: { kind: 'small-scale', rate: '0.01' },
} as const;

/** Chains of depth 0, 1, 2, 3, 5 in every permitted mix, with taxpayers of both kinds and any prices. */
const anyChain = fc
  .record({
    depth: fc.constantFrom(0, 1, 2, 3, 5),
    price: fc.bigInt({ min: 1n, max: 9_999_999_999n }),
    discounts: fc.nat({ max: 6 }),
    isSmall: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  })
  .map(({ depth, price, discounts, isSmall }) => {
    const ids = ['S', 'P', ...Array.from({ length: depth }, (_, index) => `D${index + 1}`)];
    const edges = ids.slice(1).map((buyer, index) => {
      const seller = ids[index]!;
      const isDiscount = index === 0 || index <= discounts;
      if (!isDiscount) return rebateEdge(seller, buyer, `0.${String(30 - 3 * index).padStart(2, '0')}`);
      return discountEdge(seller, buyer, fixed((price * BigInt(50 + 5 * index)) / 100n));
    });
    const parties = ids.map((id, index) => ({ id, taxpayer: isSmall[index] ? rates.small : rates.general }));
    return priceChain({
      product: { id: 'product', kind: 'cloud-host' },
      parties,
      edges,
      customer: 'C',
      retail: { price: fixed(price), floor: null },
      measure: { listUnitPrice: String(price), quantity: '1', months: 0 },
      permits: { belowCost: ids },
    });
  });

describe('entry templates', () => {
  // Test 20: every template balances for all inputs; an unknown account is refused at activation.
  test('20 every standard template is shown to balance', () => {
    for (const template of standardTemplates) expect(() => compileTemplate(template, titles)).not.toThrow();
  });

  test('20 a template that does not balance, or names no account of the chart, is refused', () => {
    const sale = standardTemplates.find(({ code }) => code === 'sale.customer')!;
    const changed = (lines: EntryTemplate['lines']): EntryTemplate => ({ ...sale, lines });
    expect(() => compileTemplate(changed(sale.lines.slice(0, 2)), titles)).toThrow('differ by 1 × vat');
    expect(() => compileTemplate({ ...sale, sums: {} }, titles)).toThrow('debits and credits differ');
    const strange = sale.lines.map((line) => ({ ...line, account: '7777' }));
    expect(() => compileTemplate(changed(strange), titles)).toThrow('no account 7777');
    expect(() => compileTemplate({ ...sale, sums: { gross: 'gross + vat' } }, titles)).toThrow('another sum');
  });

  test('20 every voucher of any sale balances and mirrors its neighbour', () => {
    fc.assert(
      fc.property(anyChain, fc.constantFrom('prepaid', 'postpaid', 'own'), (chain, supplierMode) => {
        const draft = saleDraft({
          key: 'k',
          orderNo: 'O',
          lineNo: 'O/1',
          at: new Date(0),
          customer: 'C',
          legs: chain.legs,
          reductions: [],
          terms: [],
          recognition: { basis: 'at-once' },
          supplierMode,
        });
        expect(draft.vouchers).toHaveLength(chain.legs.length - 1);
        const effects = new Map<string, bigint>();
        for (const { organisation, parts } of draft.vouchers) {
          let sum = 0n;
          for (const line of parts.flatMap((part) => expandPart(compiled.get(part.template)!, part))) {
            sum += line.effect;
            const address = `${organisation} ${line.account} ${line.party}`;
            effects.set(address, (effects.get(address) ?? 0n) + line.effect);
          }
          expect(sum).toBe(0n);
        }
        for (const leg of chain.legs.slice(1, -1)) {
          for (const { seller, buyer } of mirrors) {
            const above = effects.get(`${leg.seller} ${seller} ${leg.buyer}`) ?? 0n;
            expect(above).toBe(-(effects.get(`${leg.buyer} ${buyer} ${leg.seller}`) ?? 0n));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  // Test 34 (sale part): Σ margins, VAT included, = customer price − supplier cost at any depth and in any mix.
  test('34 what the books keep is the customer price less the supplier cost', () => {
    fc.assert(
      fc.property(anyChain, (chain) => {
        const kept = chain.legs
          .slice(1)
          .reduce((sum, leg, index) => sum + leg.net - chain.legs[index]!.net, 0n);
        expect(kept).toBe(chain.legs.at(-1)!.net - chain.legs[0]!.net);
      }),
    );
  });

  // Test 17: bounds of amounts.
  test('17 negative, missing and too large inputs and sums that do not hold are refused', () => {
    const template = compiled.get('sale.customer')!;
    const expand = (inputs: Record<string, bigint>) =>
      expandPart(template, { template: 'sale.customer', inputs, parties: { customer: 'C' } });
    expect(expand({ gross: largestAmount, net: largestAmount, vat: 0n })).toHaveLength(2);
    expect(() => expand({ gross: largestAmount + 1n, net: largestAmount + 1n, vat: 0n })).toThrow('gross is');
    expect(() => expand({ gross: -1n, net: -1n, vat: 0n })).toThrow('gross is -1');
    expect(() => expand({ gross: 1n, net: 1n })).toThrow('vat is undefined');
    expect(() => expand({ gross: 3n, net: 1n, vat: 1n })).toThrow('gross is no sum');
  });

  test('17 one 分 splits into one 分 of net and no line of VAT', () => {
    const { net, vat } = splitVat(1n, 600_000_000n);
    const part = { template: 'sale.customer', inputs: { gross: 1n, net, vat }, parties: { customer: 'C' } };
    expect(expandPart(compiled.get('sale.customer')!, part).map(({ effect }) => effect)).toEqual([1n, -1n]);
  });

  // Test 22: the expression engine knows sums of inputs and nothing else.
  test('22 any text is a form or a RangeError, in linear time', () => {
    const inputs = new Set(['gross', 'net', 'vat']);
    const piece = fc.constantFrom('gross', 'net', 'vat', ' + ', ' - ', '3*', '1.5', '(', 'x', '\n', '-');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          try {
            for (const coefficient of formOf(text, inputs).values())
              expect(typeof coefficient).toBe('bigint');
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
    const began = performance.now();
    formOf(Array.from({ length: 20_000 }, () => 'gross').join(' + '), inputs);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('22 forms are read as written', () => {
    const inputs = new Set(['gross', 'net']);
    expect([...formOf('gross - 2*net + net', inputs)]).toEqual([
      ['gross', 1n],
      ['net', -1n],
    ]);
    expect(() => formOf('gross net', inputs)).toThrow('not a sum of inputs');
    expect(() => formOf('0.5*gross', inputs)).toThrow('not a sum of inputs');
    expect(() => formOf('tax', inputs)).toThrow('unknown input tax');
  });
});
