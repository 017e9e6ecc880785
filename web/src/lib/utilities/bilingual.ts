import { getLocale } from '#lib/paraglide/runtime.js';

export interface Bilingual {
  zh: string;
  en: string;
}

/** The text in the language of the page; Chinese where English was left empty. */
export function say(text: Bilingual): string {
  return text[getLocale()] || text.zh;
}
