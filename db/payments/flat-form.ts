/**
 * Parses application/x-www-form-urlencoded into single values, each decoded exactly once. Null when a name occurs
 * twice, an escape or the UTF-8 is broken, or a part has no `=`: such a body has no one meaning to sign.
 */
export function parseFlatForm(form: string): Record<string, string> | null {
  const fields = new Map<string, string>();
  for (const part of form.split('&')) {
    const equals = part.indexOf('=');
    if (equals <= 0) return null;
    const name = decode(part.slice(0, equals));
    const value = decode(part.slice(equals + 1));
    if (name === null || value === null || fields.has(name)) return null;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
