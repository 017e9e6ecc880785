import { cartErrors } from './cart.errors.ts';
import { catalogueErrors } from './catalogue.errors.ts';
import { commonErrors } from './common.errors.ts';
import { identityErrors } from './identity.errors.ts';
import { ledgerErrors } from './ledger.errors.ts';
import { ordersErrors } from './orders.errors.ts';
import { organisationsErrors } from './organisations.errors.ts';
import { paymentsErrors } from './payments.errors.ts';
import { pricingErrors } from './pricing.errors.ts';
import { resourcesErrors } from './resources.errors.ts';

/** One column's errors: HTTP status and a text in each language that says what to do; `{name}` is filled from details. */
export type ErrorTexts = Record<string, { status: number; zh: string; en: string }>;

/** Every error the product answers with (RFC 9457 `code`), assembled from the columns. */
export const errorRegistry = {
  ...commonErrors,
  ...identityErrors,
  ...organisationsErrors,
  ...catalogueErrors,
  ...cartErrors,
  ...pricingErrors,
  ...ordersErrors,
  ...paymentsErrors,
  ...resourcesErrors,
  ...ledgerErrors,
} as const;

export type ErrorCode = keyof typeof errorRegistry;
export type Language = 'zh' | 'en';
export type ErrorDetails = Record<string, string | number>;

/** A refusal that the caller can understand and act on. `fields` name the inputs at fault. */
export class BusinessError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly fields: Record<string, string>;

  constructor(code: ErrorCode, details: ErrorDetails = {}, fields: Record<string, string> = {}) {
    super(`${code}${Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''}`);
    this.name = 'BusinessError';
    this.code = code;
    this.details = details;
    this.fields = fields;
  }
}

/** The text of an error in a language, its placeholders filled. */
export function errorMessage(code: ErrorCode, language: Language, details: ErrorDetails = {}): string {
  return errorRegistry[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(details[name] ?? ''),
  );
}
