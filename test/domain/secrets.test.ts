import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Secret, secretBox } from '../../db/secrets.ts';

const keyOf = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const place = { table: 'pool', column: 'settings_sealed', id: '1' };

describe('sealed values', () => {
  const box = secretBox(keyOf('a', 1));

  test('open where they were sealed, and differ each time', () => {
    const sealed = box.seal('口令', place);
    expect(sealed).not.toBe(box.seal('口令', place));
    expect(box.open(sealed, place).reveal()).toBe('口令');
  });

  test('open nowhere else and not when altered', () => {
    const sealed = box.seal('x', place);
    expect(() => box.open(sealed, { ...place, id: '2' })).toThrow();
    const flipped = `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'Q' : 'A'}`;
    expect(() => box.open(flipped, place)).toThrow();
    expect(() => secretBox(keyOf('b', 2)).open(sealed, place)).toThrow('unknown key');
  });

  test('survive rotation: the new key seals, the old one still opens, hashes stay', () => {
    const rotated = secretBox(`${keyOf('b', 2)},${keyOf('a', 1)}`);
    expect(rotated.open(box.seal('x', place), place).reveal()).toBe('x');
    expect(rotated.seal('x', place).split('.')[1]).toBe('b');
    expect(rotated.hash('13800000001')).toBe(box.hash('13800000001'));
  });

  test('never show themselves', () => {
    const secret = new Secret('hunter2');
    expect([String(secret), JSON.stringify({ secret }), inspect({ secret })].join()).not.toContain('hunter2');
  });

  test.each(['', 'a:short', keyOf('a b', 1)])('%j are no keys', (keys) =>
    expect(() => secretBox(keys)).toThrow(RangeError),
  );
});
