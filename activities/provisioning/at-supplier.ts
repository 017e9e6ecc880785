import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { assertGatewayUrl } from '../../domain/configuration.ts';
import { moveLine, moveWorkOrder } from '../../db/orders/stages.ts';
import {
  poolMembers,
  readLineToOpen,
  storeAccess,
  type LineToOpen,
} from '../../db/resources/provision-request.ts';
import type { Dependencies } from '../dependencies.ts';
import {
  DriverError,
  type Driver,
  type PoolSettings,
  type Provisioned,
  type ProvisionRequest,
} from '../drivers/driver.ts';
import type { LineAt, Opened } from '../provisioning.ts';

/**
 * Opens a line at its supplier. A repeat after a worker died looks up by our own name first and takes what exists.
 * Access information is sealed into the resource here; it never travels through the process.
 */
export async function openAtSupplier(dependencies: Dependencies, line: LineAt): Promise<Opened> {
  const { driver, settings, target } = await reach(dependencies, line);
  if (activityInfo().attempt > 1) {
    const found = await call(() => driver.lookUp(settings, target.externalName));
    if (found.state === 'failed') throw refusal('SUPPLIER_FAILED', found.reason);
    if (found.state !== 'absent') return adopt(dependencies, target, found);
  }
  const request = await beginOpening(dependencies, line, target, settings);
  return adopt(dependencies, target, await call(() => driver.open(settings, request)));
}

/** What is true at the supplier now. */
export async function lookUpAtSupplier(
  dependencies: Dependencies,
  line: LineAt,
): Promise<Opened | { state: 'absent' }> {
  const { driver, settings, target } = await reach(dependencies, line);
  const found = await call(() => driver.lookUp(settings, target.externalName));
  if (found.state === 'failed') throw refusal('SUPPLIER_FAILED', found.reason);
  return found.state === 'absent' ? found : adopt(dependencies, target, found);
}

/** Closes what may have been opened; what was never opened is closed already. Tried until the supplier has taken it. */
export async function closeAtSupplier(dependencies: Dependencies, line: LineAt): Promise<void> {
  const { driver, settings, target } = await reach(dependencies, line);
  if (target.poolState !== 'managed') return;
  try {
    await driver.close(settings, target.externalName);
  } catch (error) {
    if (error instanceof DriverError && error.retry === 'never')
      throw new Error(error.message, { cause: error });
    throw error;
  }
}

async function reach(
  { database, drivers, secrets, production }: Dependencies,
  { orderNumber, line }: LineAt,
): Promise<{ driver: Driver; settings: PoolSettings; target: LineToOpen }> {
  const target = await database.asSystem('provisioning', (em) => readLineToOpen(em, orderNumber, line), {
    readOnly: true,
  });
  const driver = drivers[target.driver] as Driver | undefined;
  if (!driver) throw new Error(`no driver ${target.driver} on this worker`);
  if (target.settingsSealed === null) return { driver, settings: {}, target };
  const place = { table: 'pool', column: 'settings_sealed', id: target.poolId };
  const settings = JSON.parse(secrets.open(target.settingsSealed, place).reveal()) as PoolSettings;
  if (typeof settings['baseUrl'] === 'string') assertGatewayUrl(production, settings['baseUrl']);
  return { driver, settings, target };
}

/** The line is with its driver from here on; the members get their logins. */
async function beginOpening(
  { database }: Dependencies,
  { orderNumber, line, at }: LineAt,
  target: LineToOpen,
  settings: PoolSettings,
): Promise<ProvisionRequest> {
  if (target.driver !== 'manual' && target.poolState !== 'managed') {
    throw refusal('SUPPLIER_REFUSED', 'the pool is not managed at the moment');
  }
  const range = settings['uidRange'] as { from?: number } | undefined;
  const members = await database.asSystem('provisioning', async (em) => {
    const move = { at, actor: 'process' };
    await moveLine(em, orderNumber, line, 'provisioning', move);
    if (target.driver !== 'manual') await moveWorkOrder(em, target.workOrderId, 'processing', move);
    return poolMembers(em, target.poolId, target.customer.id, range?.from ?? 20_000, at);
  });
  const { externalName, kind, sku, specification, quantity, customer, project } = target;
  return { externalName, kind, plan: { sku, specification }, quantity, customer, project, members, at };
}

async function adopt(
  { database, secrets }: Dependencies,
  { resourceId }: LineToOpen,
  provisioned: Provisioned,
): Promise<Opened> {
  if (provisioned.state === 'pending') return { state: 'pending', waitsFor: provisioned.waitsFor };
  const place = { table: 'resource', column: 'access_sealed', id: resourceId };
  const sealed = secrets.seal(JSON.stringify(provisioned.access), place);
  await database.asSystem('provisioning', (em) => storeAccess(em, resourceId, sealed));
  return { state: 'active' };
}

/** A driver's failure as the process understands it: `safe` is retried, `look-up` and `never` are its to decide. */
async function call<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DriverError) || error.retry === 'safe') throw error;
    throw error.retry === 'look-up'
      ? refusal('OUTCOME_UNKNOWN', error.message)
      : refusal('SUPPLIER_REFUSED', error.message, error.code);
  }
}

function refusal(type: string, reason: string, supplierCode?: string): ApplicationFailure {
  const details = { reason: reason.slice(0, 500), ...(supplierCode ? { supplierCode } : {}) };
  return ApplicationFailure.create({
    type,
    message: reason.slice(0, 500),
    nonRetryable: true,
    details: [details],
  });
}
