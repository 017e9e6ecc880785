import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';

/** What of a JSON schema the generators understand. */
export interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: boolean | Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

const known = new WeakMap<z.ZodType, Shape>();

/** What a schema takes, as JSON schema. */
export function shapeOf(schema: z.ZodType): Shape {
  const shape = known.get(schema) ?? readShape(schema);
  known.set(schema, shape);
  return shape;
}

function readShape(schema: z.ZodType): Shape {
  const { $defs = {}, ...shape } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
  }) as Shape & {
    $defs?: Record<string, Shape>;
  };
  return withoutReferences(shape, $defs) as Shape;
}

/** Schemas with an id are kept apart and referred to; here they stand where they are used. */
function withoutReferences(part: unknown, named: Record<string, Shape>): unknown {
  if (Array.isArray(part)) return part.map((item) => withoutReferences(item, named));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...rest } = part as { $ref?: string };
  const target = $ref ? named[$ref.split('/').at(-1)!] : undefined;
  const merged = { ...(target as object | undefined), ...rest };
  return Object.fromEntries(
    Object.entries(merged).map(([key, value]) => [key, withoutReferences(value, named)]),
  );
}

const alternatives = (shape: Shape): Shape[] => shape.anyOf ?? shape.oneOf ?? [shape];

/** An input that fits a shape, with every optional part present; `id` gives the values of uuid fields. */
export function sampleOf(shape: Shape, id: () => string = randomUUID): unknown {
  const [first] = alternatives(shape);
  if (first !== shape) return sampleOf(first!, id);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  switch (shape.type) {
    case 'string':
      return sampleText(shape, id);
    case 'integer':
    case 'number':
      return Math.min(Math.max(shape.minimum ?? 1, 1), shape.maximum ?? 1_000);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(shape.minItems ?? 1, 1) }, () => sampleOf(shape.items ?? {}, id));
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([name, inner]) => [name, sampleOf(inner, id)]),
      );
    default:
      return shape.type === 'null' ? null : 'anything';
  }
}

function sampleText(shape: Shape, id: () => string): string {
  if (shape.format === 'uuid') return id();
  if (shape.format === 'date-time') return '2026-11-25T08:00:00.000Z';
  if (shape.format === 'date') return '2026-11-25';
  const { minLength = 0, maxLength = 200 } = shape;
  if (!shape.pattern) return 'a quiet sample of some text'.slice(0, maxLength).padEnd(minLength, 'x');
  const key = `${shape.pattern} ${minLength} ${maxLength}`;
  const text = texts.get(key) ?? textThatFits(shape.pattern, minLength, maxLength);
  texts.set(key, text);
  return text;
}

const texts = new Map<string, string>();

function textThatFits(pattern: string, minLength: number, maxLength: number): string {
  const fits = fc
    .stringMatching(new RegExp(pattern))
    .filter((text) => text.length >= minLength && text.length <= maxLength);
  return fc.sample(fits, { numRuns: 1, seed: 20261125 })[0]!;
}

/** One spoilt input and what is wrong with it. */
export interface BadInput {
  what: string;
  value: unknown;
}

/** Every way to spoil an input of a shape in one place, the rest of it being right. */
export function badInputsOf(shape: Shape): BadInput[] {
  const right = sampleOf(shape);
  return [...badValues(shape, right)];
}

function* badValues(shape: Shape, right: unknown, path = 'body'): Generator<BadInput> {
  const say = (what: string, value: unknown): BadInput => ({ what: `${path}: ${what}`, value });
  const options = alternatives(shape);
  const types = options.map(({ type }) => type);
  if (types.includes(undefined) && !options.some((one) => one.const !== undefined || one.enum)) return;
  for (const [what, value] of wrongTypes) {
    if (!types.includes(typeName(value))) yield say(what, value);
  }
  const [first] = options as [Shape];
  if (first.type === 'string') yield* badTexts(first, say);
  if (first.type === 'integer' || first.type === 'number') yield* badNumbers(first, say);
  if (first.type === 'array') {
    yield say(
      'array of a hundred thousand',
      Array.from({ length: 20_000 }, () => (right as unknown[])[0]),
    );
    for (const bad of badValues(first.items ?? {}, (right as unknown[])[0], `${path}[0]`)) {
      yield { ...bad, value: [bad.value] };
    }
  }
  if (first.type === 'object') yield* badObjects(first, right as Record<string, unknown>, path);
}

function* badObjects(shape: Shape, right: Record<string, unknown>, path: string): Generator<BadInput> {
  if (!shape.additionalProperties) {
    yield { what: `${path}: unknown field`, value: { ...right, nobodyKnowsThis: 1 } };
  }
  for (const name of shape.required ?? []) {
    const { [name]: _gone, ...rest } = right;
    const isDefaulted = shape.properties?.[name] && 'default' in shape.properties[name];
    if (!isDefaulted) yield { what: `${path}.${name}: missing`, value: rest };
  }
  for (const [name, inner] of Object.entries(shape.properties ?? {})) {
    for (const bad of badValues(inner, right[name], `${path}.${name}`)) {
      yield { what: bad.what, value: { ...right, [name]: bad.value } };
    }
  }
}

type Say = (what: string, value: unknown) => BadInput;

function* badTexts(shape: Shape, say: Say): Generator<BadInput> {
  yield say('huge text', 'x'.repeat(100_000));
  yield say('NUL', 'a\u0000b');
  yield say('half a surrogate pair', 'a\ud800b');
  const isFree = !shape.enum && shape.const === undefined && !shape.pattern && !shape.format;
  if (!isFree) yield say('text of another form', '¿no such thing?');
  if (shape.minLength) yield say('empty text', '');
}

function* badNumbers(shape: Shape, say: Say): Generator<BadInput> {
  yield say('huge number', 1e300);
  yield say('text that looks like a number', '1');
  if (shape.type === 'integer') {
    yield say('fraction', 1.5);
    yield say('beyond exact integers', 2 ** 60);
  }
  if ((shape.minimum ?? -1) >= 0) yield say('negative', -1);
}

const wrongTypes: [string, unknown][] = [
  ['text instead', 'text'],
  ['number instead', 7],
  ['fraction instead', -0.5],
  ['boolean instead', true],
  ['null instead', null],
  ['array instead', []],
  ['object instead', {}],
];

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
