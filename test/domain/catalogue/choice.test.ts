import { describe, expect, test } from '@jest/globals';
import { checkChoice, plain } from '../../../domain/catalogue/choice.ts';
import type { PlanChoice } from '../../../domain/catalogue/choice.ts';
import { aPlan } from './offers.ts';

const host = aPlan();
const good: PlanChoice = { quantity: '1', months: 3, pieces: 2, configuration: { image: 'rocky-9' } };
const pack = aPlan({
  billing: 'pack',
  months: [],
  choices: {},
  quantity: { unit: 'core-hour', min: '100.000000000', max: '5000.000000000', step: '50.000000000' },
});
const packChoice: PlanChoice = { quantity: '150', months: 0, pieces: 1, configuration: {} };

test('what a plan offers passes', () => {
  expect(() => checkChoice('cloud-host', host, good)).not.toThrow();
  expect(() => checkChoice('supercomputing', pack, packChoice)).not.toThrow();
});

describe('what it does not offer is refused by name', () => {
  const ofHost: [string, Partial<PlanChoice>, string][] = [
    ['a period', { months: 2 }, 'PLAN_PERIOD_NOT_OFFERED'],
    ['no period', { months: 0 }, 'PLAN_PERIOD_NOT_OFFERED'],
    ['too many pieces', { pieces: 21 }, 'PIECES_NOT_OFFERED'],
    ['no piece', { pieces: 0 }, 'PIECES_NOT_OFFERED'],
    ['half a piece', { pieces: 1.5 }, 'PIECES_NOT_OFFERED'],
    ['too large a quantity', { quantity: '2' }, 'QUANTITY_NOT_OFFERED'],
    ['an image it has not', { configuration: { image: 'windows' } }, 'OPTION_NOT_OFFERED'],
    ['no image', { configuration: {} }, 'OPTION_NOT_OFFERED'],
    ['an image that is no text', { configuration: { image: ['rocky-9'] } }, 'OPTION_NOT_OFFERED'],
    ['an option nobody knows', { configuration: { image: 'rocky-9', root: 'x' } }, 'OPTION_NOT_OFFERED'],
  ];
  test.each(ofHost)('%s', (_, change, code) => {
    expect(() => checkChoice('cloud-host', host, { ...good, ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  const ofPack: [string, Partial<PlanChoice>, string][] = [
    ['a quantity between steps', { quantity: '160' }, 'QUANTITY_NOT_OFFERED'],
    ['too small a quantity', { quantity: '50' }, 'QUANTITY_NOT_OFFERED'],
    ['too large a quantity', { quantity: '5050' }, 'QUANTITY_NOT_OFFERED'],
    ['no number', { quantity: 'many' }, 'QUANTITY_NOT_VALID'],
    ['nothing', { quantity: '0' }, 'QUANTITY_NOT_VALID'],
    ['a period for a pack', { months: 1 }, 'PLAN_HAS_NO_PERIOD'],
    ['an option where none is asked', { configuration: { image: 'x' } }, 'OPTION_NOT_OFFERED'],
  ];
  test.each(ofPack)('%s', (_, change, code) => {
    expect(() => checkChoice('supercomputing', pack, { ...packChoice, ...change })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('the text says what is offered, in figures people write', () => {
    expect(() => checkChoice('supercomputing', pack, { ...packChoice, quantity: '160' })).toThrow(
      expect.objectContaining({ details: { quantity: '160', minimum: '100', maximum: '5000', step: '50' } }),
    );
  });
});

test.each([
  ['10.500000000', '10.5'],
  ['100.000000000', '100'],
  ['100', '100'],
  ['0.1', '0.1'],
])('%s is written %s', (decimal, text) => expect(plain(decimal)).toBe(text));
