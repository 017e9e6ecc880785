import { describe, expect, test } from '@jest/globals';
import { assertComplete, checkPlan } from '../../../domain/catalogue/plan-rules.ts';
import type { ListingDraft, PlanDraft } from '../../../domain/catalogue/plan-rules.ts';

const plan: PlanDraft = {
  billing: 'subscription',
  specification: { cores: 2, memory: 4, systemDisk: 40 },
  choices: { image: ['rocky-9'] },
  months: [1, 12],
  quantity: { min: '1', max: '10', step: '1' },
};

describe('a plan that could not be sold as written is refused', () => {
  test('a good one passes', () => expect(() => checkPlan('cloud-host', plan)).not.toThrow());

  const bad: [string, Partial<PlanDraft>, string][] = [
    ['a subscription without periods', { months: [] }, 'PLAN_PERIODS_NOT_VALID'],
    ['a pack with periods', { billing: 'pack' }, 'PLAN_PERIODS_NOT_VALID'],
    ['half a month', { months: [0.5] }, 'PLAN_PERIODS_NOT_VALID'],
    ['no month', { months: [0] }, 'PLAN_PERIODS_NOT_VALID'],
    ['six years', { months: [72] }, 'PLAN_PERIODS_NOT_VALID'],
    ['a period twice', { months: [1, 1] }, 'PLAN_PERIODS_NOT_VALID'],
    [
      'a maximum below the minimum',
      { quantity: { min: '2', max: '1', step: '1' } },
      'PLAN_QUANTITY_NOT_VALID',
    ],
    ['no step', { quantity: { min: '1', max: '1', step: '0' } }, 'QUANTITY_NOT_VALID'],
    ['a choice its kind has not', { choices: { colour: ['red'] } }, 'PLAN_CHOICE_UNKNOWN'],
    ['an attribute of the product', { specification: { region: 'wuxi' } }, 'ATTRIBUTE_UNKNOWN'],
    ['a value of another type', { specification: { cores: 'two' } }, 'ATTRIBUTE_NOT_VALID'],
  ];
  test.each(bad)('%s', (_, change, code) => {
    expect(() => checkPlan('cloud-host', { ...plan, ...change })).toThrow(expect.objectContaining({ code }));
  });
});

describe('a submission is complete', () => {
  const draft: ListingDraft = {
    kind: 'cloud-host',
    attributes: { region: 'wuxi', deliveryMinutes: 1, architecture: 'x86' },
    hasSupply: true,
    plans: [{ specification: plan.specification, hasListPrice: true }],
  };
  test('or refused', () => {
    expect(() => assertComplete(draft)).not.toThrow();
    const incomplete: Partial<ListingDraft>[] = [
      { hasSupply: false },
      { plans: [] },
      { plans: [{ specification: plan.specification, hasListPrice: false }] },
    ];
    for (const change of incomplete) {
      expect(() => assertComplete({ ...draft, ...change })).toThrow('PRODUCT_NOT_COMPLETE');
    }
    expect(() => assertComplete({ ...draft, attributes: { region: 'wuxi' } })).toThrow('ATTRIBUTE_MISSING');
    expect(() => assertComplete({ ...draft, plans: [{ specification: {}, hasListPrice: true }] })).toThrow(
      'ATTRIBUTE_MISSING',
    );
  });
});
