import { generateKeyPairSync } from 'node:crypto';
import type { Notification, Trade } from './alipay/trades.ts';
import type { Fault, Service } from './faults.ts';
import { defaultOffers, defaultTemplates } from './demo.ts';
import type { SmsMessage, SmsTemplate } from './sms/accounts.ts';
import type { Settings } from './store.ts';
import type { Callback, Instance, Offer } from './supplier/instances.ts';

/**
 * What a demo seed and tests do at the providers' consoles, over HTTP, so that it works against a sandbox in any
 * process. Each `createDemo…` returns the fields of a binding or pool row as the product stores them.
 */
async function call<Answer>(
  controlUrl: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

export interface DemoMerchant {
  gatewayUrl: string;
  appId: string;
  sellerId: string;
  appPrivateKey: string;
  alipayPublicKey: string;
}

/** A merchant with an application of its own: the key pair is made here, only the public half goes to Alipay. */
export async function createDemoMerchant(controlUrl: string, name: string): Promise<DemoMerchant> {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const registered = await call<Omit<DemoMerchant, 'appPrivateKey'>>(
    controlUrl,
    'POST',
    '/alipay/merchants',
    {
      name,
      appPublicKey: keys.publicKey,
    },
  );
  return { ...registered, appPrivateKey: keys.privateKey };
}

export interface DemoSmsAccount {
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
}

/** An SMS account with a filed signature and templates (`demo.ts` lists the default ones). */
export function createDemoSmsAccount(
  controlUrl: string,
  signName: string,
  templates: SmsTemplate[] = defaultTemplates,
): Promise<DemoSmsAccount> {
  return call(controlUrl, 'POST', '/sms/accounts', { signName, templates });
}

export interface DemoSupplierPool {
  baseUrl: string;
  keyId: string;
  privateKey: string;
  supplierKeyId: string;
  supplierPublicKey: string;
}

/** A product supplier; called again with the same id it gets new keys and offers and keeps its instances. */
export async function createDemoSupplier(
  controlUrl: string,
  supplier: { id: string; name: string; provisioningMilliseconds?: number; offers?: Offer[] },
): Promise<DemoSupplierPool> {
  const keys = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const registered = await call<Omit<DemoSupplierPool, 'privateKey'>>(
    controlUrl,
    'PUT',
    `/suppliers/${supplier.id}`,
    {
      name: supplier.name,
      provisioningMilliseconds: supplier.provisioningMilliseconds ?? 1_500,
      offers: supplier.offers ?? defaultOffers,
      platformPublicKey: keys.publicKey,
    },
  );
  return { ...registered, privateKey: keys.privateKey };
}

/** Makes the next `times` calls that name `match` go wrong; the names stand in `faults.ts`. */
export function armFault(
  controlUrl: string,
  fault: { service: Service; name: string; match?: string; times?: number; delayMilliseconds?: number },
): Promise<Fault> {
  return call(controlUrl, 'POST', '/faults', fault);
}

export function clearFaults(controlUrl: string): Promise<Fault[]> {
  return call(controlUrl, 'POST', '/faults/clear', {});
}

export function changeSettings(controlUrl: string, settings: Partial<Settings>): Promise<Settings> {
  return call(controlUrl, 'PUT', '/settings', settings);
}

/** Walks the cashier page of a pay address like a browser; returns the page it ends on. */
export async function useCashier(payUrl: string, action: 'pay' | 'login' | 'cancel'): Promise<string> {
  const opened = await fetch(payUrl, { redirect: 'manual' });
  const cashier = opened.headers.get('location');
  if (!cashier) return opened.text();
  const answer = await fetch(cashier, { method: 'POST', body: new URLSearchParams({ action, buyer: '0' }) });
  return answer.text();
}

export function listTrades(controlUrl: string, outTradeNo: string): Promise<Trade[]> {
  return call(controlUrl, 'GET', `/alipay/trades?outTradeNo=${encodeURIComponent(outTradeNo)}`);
}

/** What a person does with a trade at Alipay: pay a signed-in one, finish it, refund it (whole without an amount). */
export function actOnTrade(
  controlUrl: string,
  outTradeNo: string,
  action: 'pay' | 'finish' | 'refund',
  amount?: string,
): Promise<Trade> {
  const body = amount === undefined ? {} : { amount };
  return call(controlUrl, 'POST', `/alipay/trades/${encodeURIComponent(outTradeNo)}/${action}`, body);
}

export function listNotifications(controlUrl: string, outTradeNo: string): Promise<Notification[]> {
  return call(controlUrl, 'GET', `/alipay/notifications?outTradeNo=${encodeURIComponent(outTradeNo)}`);
}

export function deliverAgain(controlUrl: string, notifyId: string): Promise<Notification> {
  return call(controlUrl, 'POST', `/alipay/notifications/${encodeURIComponent(notifyId)}/deliver`, {});
}

/** Texts of a number, oldest first. */
export function readPhone(controlUrl: string, phone: string): Promise<SmsMessage[]> {
  return call(controlUrl, 'GET', `/sms/messages?phone=${encodeURIComponent(phone)}`);
}

/** What a supplier really holds under a name: more than one would be a double opening. */
export function listInstances(
  controlUrl: string,
  supplierId: string,
  externalName = '',
): Promise<Instance[]> {
  return call(
    controlUrl,
    'GET',
    `/suppliers/${supplierId}/instances?externalName=${encodeURIComponent(externalName)}`,
  );
}

export function actOnInstance(
  controlUrl: string,
  supplierId: string,
  externalName: string,
  action: 'finish' | 'fail' | 'release',
): Promise<Instance> {
  return call(
    controlUrl,
    'POST',
    `/suppliers/${supplierId}/instances/${encodeURIComponent(externalName)}/${action}`,
    {},
  );
}

export function listCallbacks(
  controlUrl: string,
  supplierId: string,
  externalName = '',
): Promise<Callback[]> {
  return call(
    controlUrl,
    'GET',
    `/suppliers/${supplierId}/callbacks?externalName=${encodeURIComponent(externalName)}`,
  );
}
