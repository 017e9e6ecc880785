/** A mainland mobile number as people type it, spaces, hyphens and +86 allowed. */
export const phonePattern = /^(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/;

/** The eleven digits of a number that matches `phonePattern`. */
export function normalizePhone(text: string): string {
  return text.replace(/\D/g, '').slice(-11);
}

/** What is shown of a number: 138****5678. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
