import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { mountCashier } from './alipay/cashier.ts';
import { mountAlipayGateway } from './alipay/gateway.ts';
import { deliverNotification, expireTrade, succeed } from './alipay/notifications.ts';
import { mountControl } from './control-routes.ts';
import type { Sandbox } from './context.ts';
import { Faults } from './faults.ts';
import { alipayPage } from './pages/alipay.ts';
import { indexPage } from './pages/index.ts';
import { phonePage } from './pages/phone.ts';
import { suppliersPage } from './pages/suppliers.ts';
import { createScheduler } from './scheduler.ts';
import { mountSmsApi } from './sms/api.ts';
import { openStore } from './store.ts';
import { mountSupplierApi } from './supplier/api.ts';
import { deliverCallback } from './supplier/callbacks.ts';
import { finishProvisioning } from './supplier/instances.ts';

export interface RunningSandbox {
  /** Base of the providers: Alipay under /alipay, SMS at the root, suppliers under /suppliers. */
  url: string;
  /** Base of the control API, see control.ts. */
  controlUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts the outside world on one port (0 or none: any free one). With a state directory a later start finds merchants,
 * trades, texts and instances again, and does what was still to be done. The public address defaults to the loopback.
 */
export async function startSandbox(
  options: { port?: number; host?: string; publicUrl?: string; stateDirectory?: string } = {},
): Promise<RunningSandbox> {
  const store = openStore(options.stateDirectory);
  let url = '';
  const sandbox: Sandbox = { store, scheduler: createScheduler(store), faults: new Faults(), url: () => url };
  const { scheduler } = sandbox;
  scheduler.on('alipay-notify', (id) => deliverNotification(sandbox, id));
  scheduler.on('alipay-expire', (key) => expireTrade(sandbox, key));
  scheduler.on('alipay-late-success', (key) => {
    const trade = store.state.alipay.trades[key];
    if (trade) succeed(sandbox, trade);
  });
  scheduler.on('supplier-callback', (eventId) => deliverCallback(sandbox, eventId));
  scheduler.on('supplier-provision', (key) => {
    const instance = store.state.supplier.instances[key];
    if (instance) finishProvisioning(sandbox, instance);
  });

  const server = createServer(createApplication(sandbox));
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  url = options.publicUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  scheduler.start();
  return {
    url,
    controlUrl: `${url}/control`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await scheduler.stop();
      store.close();
    },
  };
}

function createApplication(sandbox: Sandbox): express.Express {
  const application = express();
  application.disable('x-powered-by');
  application.set('etag', false);
  application.use(express.raw({ type: () => true, limit: '2mb' }));
  mountSmsApi(application, sandbox);
  mountAlipayGateway(application, sandbox);
  mountCashier(application, sandbox);
  mountSupplierApi(application, sandbox);
  mountControl(application, sandbox);
  application.get('/', (_, response) => void response.type('html').send(indexPage(sandbox)));
  application.get('/phone', (_, response) => void response.type('html').send(phonePage(sandbox, undefined)));
  application.get('/phone/:phone', (request, response) => {
    response.type('html').send(phonePage(sandbox, request.params.phone));
  });
  application.get('/alipay', (_, response) => void response.type('html').send(alipayPage(sandbox)));
  application.get('/suppliers', (_, response) => void response.type('html').send(suppliersPage(sandbox)));
  application.get('/healthz', (_, response) => void response.type('text').send('ok'));
  application.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    response.status(500).json({ message: error.message });
  });
  return application;
}
