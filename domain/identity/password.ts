/** Least and most characters of a password (ASVS 6.2.1, 6.2.9); what it is made of is free (6.2.5). */
export const passwordLength = { least: 10, most: 128 } as const;

/** What people choose first, without the digits and signs that they put around it. */
const commonStems = new Set([
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'qwerty',
  'qwertyuiop',
  'qwerty123',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'woaini',
  'woaini1314',
  'welcome',
  'letmein',
  'admin',
  'administrator',
  'root',
  'abc',
  'abcd',
  'abcdef',
  'abcabc',
  'aabbcc',
  'qazwsx',
  'qazwsxedc',
  '1qaz2wsx',
  '1q2w3e4r',
  '1q2w3e4r5t',
  'monkey',
  'dragon',
  'football',
  'baseball',
  'master',
  'superman',
  'batman',
  'sunshine',
  'princess',
  'shadow',
  'michael',
  'charlie',
  'trustno',
  'changeme',
  'default',
  'secret',
  'test',
  'guest',
  'user',
  'login',
  'hello',
  'helloworld',
  'computer',
  'internet',
  'kaiyuan',
  'kboss',
  'nihao',
  'mima',
  'wodemima',
  'woaiwojia',
  'zhongguo',
  'china',
  'beijing',
  'shanghai',
  'qq',
  'taobao',
  'alibaba',
  '',
]);

/**
 * Whether a password is one that an attacker tries first: a common word with digits or signs around it, one character
 * again and again, a run of neighbours, or the phone number.
 */
export function isPasswordCommon(password: string, phone?: string): boolean {
  const lower = password.toLowerCase();
  const stem = lower.replace(/^[\d\W_]+|[\d\W_]+$/g, '');
  if (commonStems.has(lower) || commonStems.has(stem)) return true;
  if (phone && lower.includes(phone)) return true;
  if (new Set(lower).size < 4) return true;
  const steps = [...lower].slice(1).map((char, index) => char.codePointAt(0)! - lower.codePointAt(index)!);
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}
