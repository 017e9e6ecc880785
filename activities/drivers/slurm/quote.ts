import { DriverError } from '../driver.ts';

/**
 * One word for a POSIX shell that arrives as exactly these characters, whatever they are. Everything stands in single
 * quotes, where the shell reads nothing; a NUL can be in no argument and is refused.
 */
export function quoteWord(word: string): string {
  if (word.includes('\0'))
    throw new DriverError('INVALID_ARGUMENT', 'never', 'a NUL character cannot be passed');
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line from its words: the program and its arguments, none of which the shell interprets. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
