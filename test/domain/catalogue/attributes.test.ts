import { describe, expect, test } from '@jest/globals';
import { checkAttributes } from '../../../domain/catalogue/attributes.ts';
import { kindNames, productKinds } from '../../../domain/catalogue/kinds.ts';
import { attributeSchemas } from '../../../domain/catalogue/schemas/schemas.ts';

describe.each(productKinds)('schema of %s', (kind) => {
  const schema = attributeSchemas[kind];

  test('has unique keys, both languages and only sensible combinations', () => {
    expect(kindNames[kind].zh).not.toBe('');
    expect(new Set(schema.map(({ key }) => key)).size).toBe(schema.length);
    for (const { key, name, type, options, better, filterable } of schema) {
      expect(key).toMatch(/^[a-zA-Z]+$/);
      expect(name.zh && name.en).toBeTruthy();
      expect(type === 'choice').toBe(options !== undefined);
      if (better) expect(type).toBe('number');
      if (filterable) expect(type).not.toBe('text');
    }
  });

  test('speaks of function, performance and location', () => {
    const groups = new Set(schema.map(({ group }) => group));
    expect([...groups].sort()).toEqual(['function', 'location', 'performance']);
  });
});

const schema = attributeSchemas['cloud-host'];

describe('values are checked against the schema', () => {
  test('good ones pass, and a draft may lack what is required', () => {
    const values = { region: 'beijing', deliveryMinutes: 5, hasSnapshots: false, cpuModel: 'EPYC 9654' };
    expect(checkAttributes(schema, 'product', values)).toEqual(values);
    expect(() => checkAttributes(schema, 'product', values, true)).toThrow(
      expect.objectContaining({
        code: 'ATTRIBUTE_MISSING',
        details: { zh: '处理器架构', en: 'Architecture' },
      }),
    );
  });

  const bad: [string, Record<string, unknown>, string][] = [
    ['an unknown key', { colour: 'red' }, 'ATTRIBUTE_UNKNOWN'],
    ['a key of the other level', { cores: 8 }, 'ATTRIBUTE_UNKNOWN'],
    ['a key of every object', { constructor: 'x' }, 'ATTRIBUTE_UNKNOWN'],
    ['a place that is not listed', { region: 'atlantis' }, 'ATTRIBUTE_NOT_VALID'],
    ['an option of every object', { region: 'toString' }, 'ATTRIBUTE_NOT_VALID'],
    ['a text for a number', { deliveryMinutes: '5' }, 'ATTRIBUTE_NOT_VALID'],
    ['a negative number', { deliveryMinutes: -1 }, 'ATTRIBUTE_NOT_VALID'],
    ['no number', { deliveryMinutes: Number.NaN }, 'ATTRIBUTE_NOT_VALID'],
    ['a number for a switch', { hasSnapshots: 1 }, 'ATTRIBUTE_NOT_VALID'],
    ['an empty label', { cpuModel: '  ' }, 'ATTRIBUTE_NOT_VALID'],
    ['a label with a line break', { cpuModel: 'a\nb' }, 'ATTRIBUTE_NOT_VALID'],
    ['an endless label', { cpuModel: 'x'.repeat(81) }, 'ATTRIBUTE_NOT_VALID'],
    ['null', { region: null }, 'ATTRIBUTE_NOT_VALID'],
  ];
  test.each(bad)('%s is refused', (_, values, code) => {
    expect(() => checkAttributes(schema, 'product', values)).toThrow(expect.objectContaining({ code }));
  });

  test('a text is given in both languages, and in nothing else', () => {
    const check = (access: unknown) => () =>
      checkAttributes(attributeSchemas.supercomputing, 'product', { access });
    expect(check({ zh: 'SSH', en: 'SSH' })).not.toThrow();
    for (const text of [
      'SSH',
      { zh: 'SSH' },
      { zh: 'SSH', en: '' },
      { zh: 'a', en: 'b', fr: 'c' },
      null,
      [],
    ]) {
      expect(check(text)).toThrow('ATTRIBUTE_NOT_VALID');
    }
  });
});
