/**
 * For whom a transaction runs. The database's row level security reads it from `app.organisation`, `app.user` and
 * `app.scope` (design: one subscriber sets it, nothing else does).
 */
export interface Actor {
  organisationId?: string;
  userId?: string;
  scope?: ApiScope | 'system';
}

/** Scopes in which the api role sees a whole table, each with its reason; policies name the tables. */
export const apiScopes = {
  identity: 'sign-in, sign-up and session look-up happen before an organisation is known',
  callback: 'a provider calls with our callback code; the organisation is found by it',
} as const;
export type ApiScope = keyof typeof apiScopes;

/** Work of the worker role that must see several organisations at once, each with its reason. */
export const systemReasons = {
  'price-chain': 'a sale freezes every leg of the chain and posts in every book of it',
  'order-process': 'an order writes rows of its customer, its seller, the platform and the supplier',
  'recharge-process': 'a recharge belongs to a customer and the seller whose merchant account receives it',
  provisioning: 'a work order of platform and supplier opens a resource of the customer',
  seed: 'the demo world is made of all organisations',
  'set-up': 'an operator makes the platform, its suppliers, pools and bindings',
  rotation: 'an operator seals the secrets of every organisation anew',
  sms: 'a code is sent before the person belongs to an organisation',
  relay: 'inbox rows and stream events of every organisation are moved on',
  test: 'tests build worlds of several organisations',
} as const;
export type SystemReason = keyof typeof systemReasons;
