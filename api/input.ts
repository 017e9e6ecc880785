import { z } from 'zod';
import { BusinessError, type ErrorCode, type ErrorDetails, type Language } from '../domain/errors.ts';

const localeErrors = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };
const deepest = 24;

/**
 * Validates an input of a route; unknown fields are refused. A schema may give a code of the error registry as its
 * message (`.regex(pattern, 'PHONE_NOT_VALID')`), whose text the caller gets.
 * @throws BusinessError INVALID_INPUT with the fields at fault, in the caller's language
 */
export function parseInput(schema: z.ZodType | undefined, value: unknown, language: Language): unknown {
  if (!schema) return undefined;
  refuseBadText(value);
  const strict = schema instanceof z.ZodObject ? schema.strict() : schema;
  const result = strict.safeParse(value, { error: localeErrors[language] });
  if (result.success) return result.data;
  throw new BusinessError('INVALID_INPUT', {}, fieldsOf(result.error));
}

function fieldsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(
    error.issues
      .slice(0, 50)
      .map((issue) => [
        issue.code === 'unrecognized_keys'
          ? [...issue.path, issue.keys[0]?.slice(0, 100)].join('.')
          : issue.path.join('.').slice(0, 200) || 'body',
        issue.message.slice(0, 500),
      ]),
  );
}

/**
 * Refuses what PostgreSQL cannot keep as text (NUL, half a surrogate pair), nesting that no route asks for, and the one
 * field name that validation looks past.
 */
function refuseBadText(value: unknown): void {
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [item, depth] = next;
    if (typeof item === 'string') {
      if (item.includes('\0') || !item.isWellFormed()) throw new BusinessError('MALFORMED_REQUEST');
    } else if (item !== null && typeof item === 'object') {
      if (depth >= deepest) throw new BusinessError('MALFORMED_REQUEST');
      for (const [key, inner] of Object.entries(item)) {
        if (key === '__proto__') throw new BusinessError('MALFORMED_REQUEST');
        open.push([key, depth + 1], [inner, depth + 1]);
      }
    }
  }
}

/** A refusal that stands beside its field too: the code is the answer's own. */
export function fieldError(field: string, code: ErrorCode, details: ErrorDetails = {}): BusinessError {
  return new BusinessError(code, details, { [field]: code });
}
