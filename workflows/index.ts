/** Every process of the product, one line each; the bundle of the workers is made of this file. */
export { ledgerCare } from './ledger-care.ts';
export { order } from './order.ts';
export { orderLine } from './order-line.ts';
export { recharge } from './recharge.ts';
export { smsCode } from './sms-code.ts';
