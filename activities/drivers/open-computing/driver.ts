import { z } from 'zod';
import type { OpenComputingPool } from '../../../domain/resources/open-computing.ts';
import { DriverError, type Driver, type Provisioned, type ProvisionRequest } from '../driver.ts';
import { callSupplier, type SupplierAnswer } from './client.ts';

const instanceSchema = z.object({
  externalName: z.string(),
  instanceId: z.string(),
  state: z.enum(['pending', 'active', 'failed', 'releasing', 'released']),
  access: z.record(z.string(), z.unknown()).optional(),
  facts: z.record(z.string(), z.string()).optional(),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});
type Instance = z.infer<typeof instanceSchema>;

type LookedUp = Awaited<ReturnType<Driver['lookUp']>>;

/** Opens what a product supplier sells through its open-computing API; `externalName` is the idempotency key. */
export const openComputingDriver: Driver<OpenComputingPool> = {
  async open(pool, request) {
    let answer: SupplierAnswer;
    try {
      answer = await callSupplier(pool, {
        method: 'POST',
        path: '/instances',
        idempotencyKey: request.externalName,
        body: requestBody(pool, request),
      });
    } catch (error) {
      if (!(error instanceof DriverError) || error.retry !== 'look-up') throw error;
      return adoptWhatExists(pool, request.externalName, error);
    }
    return provisioned(request.externalName, instanceOf(answer, request.externalName));
  },

  async lookUp(pool, externalName) {
    const answer = await callSupplier(pool, { method: 'GET', path: pathOf(externalName) }).catch(asSafe);
    if (isNotFound(answer)) return { state: 'absent' };
    return lookedUp(externalName, instanceOf(answer, externalName));
  },

  /** Done once the supplier has taken the release; what it never opened is closed already. */
  async close(pool, externalName) {
    const answer = await callSupplier(pool, { method: 'DELETE', path: pathOf(externalName) }).catch(asSafe);
    if (!isNotFound(answer)) instanceOf(answer, externalName);
  },
};

/** No names of people: the supplier gets what it needs to open and to tell our customers apart. */
function requestBody(pool: OpenComputingPool, request: ProvisionRequest): Record<string, unknown> {
  return {
    externalName: request.externalName,
    kind: request.kind,
    sku: request.plan.sku,
    specification: request.plan.specification,
    quantity: request.quantity,
    customer: { number: request.customer.number },
    members: request.members.map(({ login, sshKeys }) => ({ login, sshKeys })),
    callbackUrl: pool.callbackUrl,
  };
}

/** After an unknown outcome: what exists under our name is ours; if nothing does, the caller has to look again later. */
async function adoptWhatExists(
  pool: OpenComputingPool,
  name: string,
  cause: DriverError,
): Promise<Provisioned> {
  const found = await openComputingDriver.lookUp(pool, name).catch(() => {
    throw cause;
  });
  if (found.state === 'absent') throw cause;
  if (found.state === 'failed') throw new DriverError('SUPPLIER_FAILED', 'never', found.reason);
  return found;
}

function instanceOf(answer: SupplierAnswer, externalName: string): Instance {
  if (answer.status >= 400) throw refusal(answer);
  const parsed = instanceSchema.safeParse(answer.body);
  if (!parsed.success || parsed.data.externalName !== externalName) {
    throw new DriverError('UNREADABLE_ANSWER', 'look-up', `no instance ${externalName} in the answer`);
  }
  return parsed.data;
}

function refusal(answer: SupplierAnswer): DriverError {
  const code = typeof answer.body['code'] === 'string' ? answer.body['code'] : `HTTP_${answer.status}`;
  const message = typeof answer.body['message'] === 'string' ? answer.body['message'] : '';
  return new DriverError(code, answer.status === 429 ? 'safe' : 'never', message);
}

function provisioned(externalName: string, instance: Instance): Provisioned {
  const result = lookedUp(externalName, instance);
  if (result.state === 'failed') throw new DriverError('SUPPLIER_FAILED', 'never', result.reason);
  if (result.state === 'absent') throw new DriverError('ALREADY_RELEASED', 'never', externalName);
  return result;
}

function lookedUp(externalName: string, instance: Instance): LookedUp {
  switch (instance.state) {
    case 'pending':
      return { state: 'pending', waitsFor: 'supplier' };
    case 'failed':
      return {
        state: 'failed',
        reason: `${instance.failure?.code ?? 'UNSAID'} ${instance.failure?.message ?? ''}`.trim(),
      };
    case 'releasing':
    case 'released':
      return { state: 'absent' };
    case 'active':
      if (!instance.access) {
        throw new DriverError(
          'UNREADABLE_ANSWER',
          'look-up',
          `${externalName} is active without access information`,
        );
      }
      return {
        state: 'active',
        access: instance.access,
        facts: { instanceId: instance.instanceId, ...instance.facts },
      };
  }
}

function isNotFound(answer: SupplierAnswer): boolean {
  return answer.status === 404 && answer.body['code'] === 'INSTANCE_NOT_FOUND';
}

/** Reading and releasing by name may be repeated without thought. */
function asSafe(error: unknown): never {
  if (error instanceof DriverError && error.retry === 'look-up') {
    throw new DriverError(error.code, 'safe', error.message, { cause: error });
  }
  throw error;
}

const pathOf = (externalName: string): string => `/instances/${encodeURIComponent(externalName)}`;
