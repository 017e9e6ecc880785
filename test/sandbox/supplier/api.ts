import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import type { Sandbox } from '../context.ts';
import { bodyText, dropConnection, struckAfter, struckBefore } from '../http.ts';
import { createInstance, findInstance, releaseInstance, type Instance, type Supplier } from './instances.ts';
import { requestProblem } from './signature.ts';

const seenNonces = new Map<string, number>();

/** The supplier's side of docs/open-computing.openapi.yaml under /suppliers/:supplier/open-computing/v1. */
export function mountSupplierApi(router: Router, sandbox: Sandbox): void {
  const api = Router({ mergeParams: true });
  router.use('/suppliers/:supplier/open-computing/v1', api);

  api.get('/catalogue', async (request, response) => {
    const supplier = await admit(sandbox, request, response, '');
    if (!supplier) return;
    const plans = Object.values(supplier.offers).map(({ access: _, stock, ...offer }) => ({
      ...offer,
      inStock: stock > 0,
    }));
    response.json({ supplier: supplier.name, plans });
  });

  api.get('/stock/:sku', async (request, response) => {
    const supplier = await admit(sandbox, request, response, request.params.sku);
    if (!supplier) return;
    const offer = supplier.offers[request.params.sku];
    if (offer) response.json({ sku: offer.sku, available: offer.stock });
    else problem(response, 404, 'UNKNOWN_SKU', '没有这个套餐');
  });

  api.post('/instances', async (request, response) => {
    const body = readObject(request);
    const name = String(body?.['externalName'] ?? '');
    const supplier = await admit(sandbox, request, response, name);
    if (!supplier) return;
    const result = open(sandbox, supplier, request, body);
    if (struckAfter(sandbox.faults, 'supplier', name, response)) return;
    if (sandbox.faults.take('supplier', 'error-500-after', name)) {
      problem(response, 500, 'INTERNAL', '内部错误');
    } else if ('code' in result) {
      problem(response, result.status, result.code, result.message);
    } else {
      response.status(result.state === 'pending' ? 202 : 200).json(describe(result));
    }
  });

  api.get('/instances/:name', async (request, response) => {
    const supplier = await admit(sandbox, request, response, request.params.name);
    if (!supplier) return;
    const instance = findInstance(sandbox, supplier.id, request.params.name);
    if (instance) response.json(describe(instance));
    else problem(response, 404, 'INSTANCE_NOT_FOUND', '没有这个实例');
  });

  api.delete('/instances/:name', async (request, response) => {
    const supplier = await admit(sandbox, request, response, request.params.name);
    if (!supplier) return;
    const instance = findInstance(sandbox, supplier.id, request.params.name);
    if (instance) releaseInstance(sandbox, instance);
    if (struckAfter(sandbox.faults, 'supplier', request.params.name, response)) return;
    if (instance) response.json(describe(instance));
    else problem(response, 404, 'INSTANCE_NOT_FOUND', '没有这个实例');
  });
}

/** Who is asking, after the faults that strike before anything is done; undefined when the answer is out already. */
async function admit(
  sandbox: Sandbox,
  request: Request,
  response: Response,
  subject: string,
): Promise<Supplier | undefined> {
  const { faults } = sandbox;
  if (await struckBefore(faults, 'supplier', subject, response)) return undefined;
  if (faults.take('supplier', 'error-500', subject)) {
    problem(response, 500, 'INTERNAL', '内部错误');
    return undefined;
  }
  if (faults.take('supplier', 'html-200', subject)) {
    response.type('html').send('<html><body>欢迎登录云管平台</body></html>');
    return undefined;
  }
  const supplier = sandbox.store.state.supplier.suppliers[String(request.params['supplier'])];
  if (!supplier) {
    dropConnection(response);
    return undefined;
  }
  const verdict = await requestProblem(
    {
      method: request.method,
      host: String(request.headers.host),
      target: request.originalUrl,
      headers: request.headers,
      body: bodyText(request),
    },
    supplier.platformKeyId,
    supplier.platformPublicKey,
  );
  const refusal =
    'problem' in verdict
      ? verdict.problem
      : isReplay(`${supplier.id}/${verdict.nonce}`)
        ? 'NONCE_REUSED'
        : undefined;
  if (refusal) {
    problem(response, 401, refusal, '签名校验未通过');
    return undefined;
  }
  if (faults.take('supplier', 'rate-limited', subject)) {
    problem(response.setHeader('retry-after', '1'), 429, 'RATE_LIMITED', '请求过于频繁');
    return undefined;
  }
  return supplier;
}

function isReplay(nonce: string): boolean {
  const isKnown = seenNonces.has(nonce);
  seenNonces.set(nonce, Date.now());
  for (const [old, at] of seenNonces) {
    if (at > Date.now() - 11 * 60_000) break;
    seenNonces.delete(old);
  }
  return isKnown;
}

function open(
  sandbox: Sandbox,
  supplier: Supplier,
  request: Request,
  body: Record<string, unknown> | undefined,
): Instance | { status: number; code: string; message: string } {
  const key = request.headers['idempotency-key'];
  const { externalName, sku, quantity, callbackUrl } = body ?? {};
  if (
    typeof key !== 'string' ||
    typeof externalName !== 'string' ||
    typeof sku !== 'string' ||
    typeof quantity !== 'string'
  ) {
    return {
      status: 422,
      code: 'INVALID_REQUEST',
      message: '缺少 externalName、sku、quantity 或 Idempotency-Key',
    };
  }
  const requested = bodyText(request);
  const instances = Object.values(sandbox.store.state.supplier.instances).filter(
    (one) => one.supplierId === supplier.id,
  );
  const earlier = instances.find((one) => one.idempotencyKey === key);
  if (earlier) {
    return earlier.requested === requested
      ? earlier
      : { status: 409, code: 'IDEMPOTENCY_CONFLICT', message: '同一幂等键的请求内容不同' };
  }
  if (instances.some((one) => one.externalName === externalName)) {
    return { status: 409, code: 'EXTERNAL_NAME_TAKEN', message: '该名称已开通' };
  }
  const offer = supplier.offers[sku];
  if (!offer) return { status: 422, code: 'UNKNOWN_SKU', message: '没有这个套餐' };
  if (offer.stock <= 0 || sandbox.faults.take('supplier', 'out-of-stock', externalName)) {
    return { status: 409, code: 'OUT_OF_STOCK', message: '库存不足' };
  }
  const target = typeof callbackUrl === 'string' ? callbackUrl : '';
  return createInstance(
    sandbox,
    supplier,
    { externalName, sku, quantity, callbackUrl: target },
    key,
    requested,
  );
}

function describe(instance: Instance): Record<string, unknown> {
  const { externalName, instanceId, sku, quantity, state, access, facts, failure } = instance;
  return {
    externalName,
    instanceId,
    sku,
    quantity,
    state,
    ...(state === 'active' ? { access, facts } : {}),
    ...(failure ? { failure } : {}),
    createdAt: new Date(instance.createdAt).toISOString(),
    updatedAt: new Date(instance.updatedAt).toISOString(),
  };
}

function readObject(request: Request): Record<string, unknown> | undefined {
  try {
    return JSON.parse(bodyText(request)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function problem(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message, requestId: randomUUID() });
}
