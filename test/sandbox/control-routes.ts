import { randomBytes, randomInt } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { deliverNotification, notifyMerchant, succeed } from './alipay/notifications.ts';
import { rsaKeyPair } from './alipay/signature.ts';
import { digits, type Trade } from './alipay/trades.ts';
import type { Sandbox } from './context.ts';
import type { Service } from './faults.ts';
import { bodyJson, bodyText } from './http.ts';
import type { SmsTemplate } from './sms/accounts.ts';
import type { Settings } from './store.ts';
import { findInstance, finishProvisioning, releaseInstance, type Offer } from './supplier/instances.ts';
import { ed25519Pair } from './supplier/signature.ts';

/** What a person at the providers' consoles does: register, look, and make things go wrong. JSON, or forms of the pages. */
export function mountControl(router: Router, sandbox: Sandbox): void {
  const { store, faults } = sandbox;
  const { alipay, sms, supplier } = store.state;

  router.get('/control/settings', (_, response) => void response.json(store.state.settings));
  router.put('/control/settings', (request, response) => {
    Object.assign(store.state.settings, bodyJson(request) as Partial<Settings>);
    store.changed();
    response.json(store.state.settings);
  });

  router.get('/control/faults', (_, response) => void response.json(faults.armed));
  router.post('/control/faults', (request, response) => {
    const input = readInput(request);
    const delay = input['delayMilliseconds'];
    try {
      const fault = faults.arm({
        service: String(input['service']) as Service,
        name: String(input['name']),
        times: Number(input['times'] ?? 1),
        ...(input['match'] === undefined ? {} : { match: String(input['match']) }),
        ...(delay === undefined ? {} : { delayMilliseconds: Number(delay) }),
      });
      done(request, response, fault);
    } catch (error) {
      response.status(422).json({ message: String(error) });
    }
  });
  router.post('/control/faults/clear', (request, response) => {
    faults.disarm();
    done(request, response, []);
  });

  router.post('/control/alipay/merchants', (request, response) => {
    const { name, appPublicKey } = bodyJson(request) as { name: string; appPublicKey: string };
    const keys = rsaKeyPair();
    const merchant = {
      appId: `2021${digits(12)}`,
      sellerId: `2088${digits(12)}`,
      name,
      appPublicKey,
      alipayPrivateKey: keys.privateKey,
      alipayPublicKey: keys.publicKey,
    };
    alipay.merchants[merchant.appId] = merchant;
    store.changed();
    response.json({
      appId: merchant.appId,
      sellerId: merchant.sellerId,
      alipayPublicKey: merchant.alipayPublicKey,
      gatewayUrl: `${sandbox.url()}/alipay/gateway.do`,
    });
  });
  router.get('/control/alipay/trades', (request, response) => {
    response.json(
      Object.values(alipay.trades).filter((trade) => fits(request, 'outTradeNo', trade.outTradeNo)),
    );
  });
  router.post('/control/alipay/trades/:outTradeNo/:action', (request, response) => {
    const trade = Object.values(alipay.trades).find((one) => one.outTradeNo === request.params.outTradeNo);
    if (!trade || !actOnTrade(sandbox, trade, request.params.action, readInput(request))) {
      response.status(409).json({ message: 'not possible in this state' });
      return;
    }
    done(request, response, trade);
  });
  router.get('/control/alipay/notifications', (request, response) => {
    response.json(
      Object.values(alipay.notifications).filter((one) => fits(request, 'outTradeNo', one.outTradeNo)),
    );
  });
  router.post('/control/alipay/notifications/:id/deliver', async (request, response) => {
    await deliverNotification(sandbox, request.params.id);
    done(request, response, alipay.notifications[request.params.id] ?? null);
  });

  router.post('/control/sms/accounts', (request, response) => {
    const { signName, templates } = bodyJson(request) as { signName: string; templates: SmsTemplate[] };
    const account = {
      accessKeyId: `LTAI${randomBytes(10).toString('hex')}`,
      accessKeySecret: randomBytes(20).toString('base64url'),
      signName,
      templates,
    };
    sms.accounts[account.accessKeyId] = account;
    store.changed();
    response.json({ ...account, endpoint: sandbox.url() });
  });
  router.get('/control/sms/messages', (request, response) => {
    response.json(sms.messages.filter((message) => fits(request, 'phone', message.phone)));
  });

  router.put('/control/suppliers/:id', async (request, response) => {
    const id = request.params.id;
    const input = bodyJson(request) as {
      name: string;
      platformPublicKey: string;
      provisioningMilliseconds: number;
      offers: Offer[];
    };
    const keys = await ed25519Pair();
    const platformKeyId = `kboss-${randomInt(1e5, 1e6)}`;
    supplier.suppliers[id] = {
      id,
      name: input.name,
      platformKeyId,
      platformPublicKey: input.platformPublicKey,
      keyId: `${id}-${randomInt(1e5, 1e6)}`,
      ...keys,
      provisioningMilliseconds: input.provisioningMilliseconds,
      offers: Object.fromEntries(input.offers.map((offer) => [offer.sku, offer])),
    };
    store.changed();
    response.json({
      baseUrl: `${sandbox.url()}/suppliers/${id}/open-computing/v1`,
      keyId: platformKeyId,
      supplierKeyId: supplier.suppliers[id].keyId,
      supplierPublicKey: keys.publicKey,
    });
  });
  router.get('/control/suppliers/:id/instances', (request, response) => {
    const own = Object.values(supplier.instances).filter((one) => one.supplierId === request.params.id);
    response.json(own.filter((one) => fits(request, 'externalName', one.externalName)));
  });
  router.post('/control/suppliers/:id/instances/:name/:action', (request, response) => {
    const instance = findInstance(sandbox, request.params.id, request.params.name);
    if (!instance) {
      response.status(404).json({ message: 'no such instance' });
      return;
    }
    if (request.params.action === 'release') releaseInstance(sandbox, instance);
    else {
      instance.willFail = request.params.action === 'fail';
      finishProvisioning(sandbox, instance);
    }
    done(request, response, instance);
  });
  router.get('/control/suppliers/:id/callbacks', (request, response) => {
    const own = Object.values(supplier.callbacks).filter((one) =>
      one.instanceKey.startsWith(`${request.params.id}/`),
    );
    response.json(own.filter((one) => fits(request, 'externalName', one.body)));
  });
}

function actOnTrade(sandbox: Sandbox, trade: Trade, action: string, input: Record<string, unknown>): boolean {
  if (action === 'pay' && trade.status === 'WAIT_BUYER_PAY') {
    succeed(sandbox, trade);
    return true;
  }
  if (trade.status !== 'TRADE_SUCCESS') return false;
  if (action === 'finish') trade.status = 'TRADE_FINISHED';
  else if (action === 'refund') {
    trade.refunded = String(input['amount'] ?? trade.totalAmount);
    if (Number(trade.refunded) >= Number(trade.totalAmount)) trade.status = 'TRADE_CLOSED';
  } else return false;
  sandbox.store.changed();
  notifyMerchant(sandbox, trade);
  return true;
}

function fits(request: Request, parameter: string, value: string): boolean {
  const wanted = request.query[parameter];
  return typeof wanted !== 'string' || value.includes(wanted);
}

function isForm(request: Request): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

function readInput(request: Request): Record<string, unknown> {
  return isForm(request) ? Object.fromEntries(new URLSearchParams(bodyText(request))) : bodyJson(request);
}

/** A page goes back to where it was, a program gets JSON. */
function done(request: Request, response: Response, result: unknown): void {
  if (isForm(request)) response.redirect(303, request.headers.referer ?? '/');
  else response.json(result);
}
