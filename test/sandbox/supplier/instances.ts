import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Sandbox } from '../context.ts';

/** One plan the supplier offers. */
export interface Offer {
  sku: string;
  kind: string;
  nameZh: string;
  nameEn: string;
  specification: Record<string, unknown>;
  /** The supplier's price to the platform: 分 a unit and period, VAT included. */
  price: { amount: string; unit: string; period: 'month' | 'hour' | 'once' };
  stock: number;
  /** Access information of an opened instance; `{ip}`, `{name}`, `{password}` are filled in. */
  access?: Record<string, string | number>;
}

export interface Supplier {
  id: string;
  name: string;
  /** The platform's key, as registered with the supplier. */
  platformKeyId: string;
  platformPublicKey: string;
  /** The supplier's own pair for callbacks. */
  keyId: string;
  publicKey: string;
  privateKey: string;
  /** 0 answers `active` at once, else the instance is pending so long. */
  provisioningMilliseconds: number;
  offers: Record<string, Offer>;
}

export type InstanceState = 'pending' | 'active' | 'failed' | 'releasing' | 'released';

export interface Instance {
  supplierId: string;
  instanceId: string;
  externalName: string;
  idempotencyKey: string;
  /** The request's body, to tell a repeat from another request under the same key. */
  requested: string;
  sku: string;
  quantity: string;
  callbackUrl: string;
  state: InstanceState;
  willFail?: boolean;
  access?: Record<string, string | number>;
  facts?: Record<string, string>;
  failure?: { code: string; message: string };
  createdAt: number;
  updatedAt: number;
}

export interface Callback {
  eventId: string;
  instanceKey: string;
  url: string;
  body: string;
  isForged: boolean;
  attempts: { at: number; answer: string }[];
  state: 'waiting' | 'delivered' | 'given-up';
}

export interface SupplierState {
  suppliers: Record<string, Supplier>;
  /** By supplier and instance id: two creations for one external name would be seen as two. */
  instances: Record<string, Instance>;
  callbacks: Record<string, Callback>;
}

export const instanceKey = (instance: Instance): string => `${instance.supplierId}/${instance.instanceId}`;

export function findInstance(
  sandbox: Sandbox,
  supplierId: string,
  externalName: string,
): Instance | undefined {
  return Object.values(sandbox.store.state.supplier.instances).find(
    (instance) => instance.supplierId === supplierId && instance.externalName === externalName,
  );
}

export function createInstance(
  sandbox: Sandbox,
  supplier: Supplier,
  request: { externalName: string; sku: string; quantity: string; callbackUrl: string },
  idempotencyKey: string,
  requested: string,
): Instance {
  const instance: Instance = {
    supplierId: supplier.id,
    instanceId: `i-${randomBytes(6).toString('hex')}`,
    ...request,
    idempotencyKey,
    requested,
    state: 'pending',
    createdAt: Date.now(),
    updatedAt: Date.now(),
  };
  supplier.offers[request.sku]!.stock -= 1;
  sandbox.store.state.supplier.instances[instanceKey(instance)] = instance;
  sandbox.store.changed();
  const { faults } = sandbox;
  if (faults.take('supplier', 'provisioning-fails', request.externalName)) instance.willFail = true;
  if (faults.take('supplier', 'stuck', request.externalName)) return instance;
  if (supplier.provisioningMilliseconds === 0) finishProvisioning(sandbox, instance);
  else
    sandbox.scheduler.later('supplier-provision', instanceKey(instance), supplier.provisioningMilliseconds);
  return instance;
}

/** Pending becomes active, or failed when that was asked for. */
export function finishProvisioning(sandbox: Sandbox, instance: Instance): void {
  if (instance.state !== 'pending') return;
  const supplier = sandbox.store.state.supplier.suppliers[instance.supplierId]!;
  const offer = supplier.offers[instance.sku];
  if (instance.willFail) {
    if (offer) offer.stock += 1;
    change(sandbox, instance, 'failed', {
      failure: { code: 'HARDWARE_FAULT', message: '宿主机故障，开通失败' },
    });
    return;
  }
  const fill = (text: string): string =>
    text
      .replaceAll('{ip}', `198.51.100.${randomInt(2, 254)}`)
      .replaceAll('{name}', instance.externalName)
      .replaceAll('{password}', randomBytes(12).toString('base64url'));
  const template = offer?.access ?? { address: '{ip}', port: 22, user: 'root', password: '{password}' };
  const access = Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, typeof value === 'string' ? fill(value) : value]),
  );
  change(sandbox, instance, 'active', {
    access,
    facts: { region: 'cn-east-1', host: `node-${randomInt(10, 99)}` },
  });
}

export function releaseInstance(sandbox: Sandbox, instance: Instance): void {
  if (instance.state === 'released') return;
  const offer = sandbox.store.state.supplier.suppliers[instance.supplierId]?.offers[instance.sku];
  if (offer && instance.state !== 'failed') offer.stock += 1;
  delete instance.access;
  change(sandbox, instance, 'released', {});
}

function change(sandbox: Sandbox, instance: Instance, state: InstanceState, more: Partial<Instance>): void {
  Object.assign(instance, more, { state, updatedAt: Date.now() });
  sandbox.store.changed();
  if (instance.callbackUrl === '') return;
  const { faults, scheduler } = sandbox;
  const name = instance.externalName;
  if (faults.take('supplier', 'forged-callback', name))
    scheduler.later('supplier-callback', enqueue(sandbox, instance, true), 0);
  if (faults.take('supplier', 'no-callback', name)) return;
  const eventId = enqueue(sandbox, instance, false);
  scheduler.later('supplier-callback', eventId, 0);
  if (faults.take('supplier', 'duplicate-callback', name)) scheduler.later('supplier-callback', eventId, 0);
}

/** The event says that something changed and never carries access information. */
function enqueue(sandbox: Sandbox, instance: Instance, isForged: boolean): string {
  const eventId = `evt-${randomUUID()}`;
  const body = JSON.stringify({
    eventId,
    externalName: instance.externalName,
    state: instance.state,
    occurredAt: new Date(instance.updatedAt).toISOString(),
  });
  sandbox.store.state.supplier.callbacks[eventId] = {
    eventId,
    instanceKey: instanceKey(instance),
    url: instance.callbackUrl,
    body,
    isForged,
    attempts: [],
    state: 'waiting',
  };
  return eventId;
}
