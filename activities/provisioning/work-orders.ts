import { BusinessError } from '../../domain/errors.ts';
import type { WorkOrderAction } from '../../domain/orders.messages.ts';
import type { WorkOrderState } from '../../domain/orders/states.ts';
import { moveLine, moveWorkOrder as move } from '../../db/orders/stages.ts';
import { lockWorkOrder, type WorkOrderRow } from '../../db/orders/work-orders.ts';
import { storeAccess } from '../../db/resources/provision-request.ts';
import type { Dependencies } from '../dependencies.ts';
import type { LineAt } from '../provisioning.ts';

/** The line waits for others: a supplier that works asynchronously, or people. */
export function markInquiring(
  { database }: Dependencies,
  { orderNumber, line, waitsFor, at }: LineAt & { waitsFor: 'supplier' | 'people' },
): Promise<void> {
  return database.asSystem('provisioning', async (em) => {
    await moveLine(em, orderNumber, line, 'inquiring', { at, actor: 'process', reason: waitsFor });
    if (waitsFor === 'people') return;
    const work = await lockWorkOrder(em, orderNumber, line);
    if (work) await move(em, work.id, 'waiting', { at, actor: 'process', reason: 'supplier' });
  });
}

/** Moves a work order as one of its people says; access information is sealed anew for the resource. */
export function moveWorkOrder(
  { database, secrets }: Dependencies,
  action: LineAt & WorkOrderAction,
): Promise<{ state: string }> {
  const { orderNumber, line, at, userId } = action;
  return database.asSystem('provisioning', async (em) => {
    const work = await lockWorkOrder(em, orderNumber, line);
    if (!work || ![work.organisationId, work.supplierId].includes(action.organisationId)) {
      throw new BusinessError('NOT_FOUND');
    }
    const by = { at, actor: `user/${userId}` };
    const to = next(work, action);
    if (to === work.state) return { state: to };
    if (action.action === 'back-fill') {
      const plain = secrets.open(action.sealedAccess, accessPlace(work.id)).reveal();
      const place = { table: 'resource', column: 'access_sealed', id: work.resourceId };
      await storeAccess(em, work.resourceId, secrets.seal(plain, place));
    }
    const assigned = { assigned_to: action.action === 'give-back' ? null : userId };
    await move(
      em,
      work.id,
      to,
      { ...by, ...(action.action === 'fail' ? { reason: action.reason } : {}) },
      assigned,
    );
    return { state: to };
  });
}

/** Where access information stands sealed on its way from the person who back-fills it to the process. */
const accessPlace = (id: string): { table: string; column: string; id: string } => ({
  table: 'work_order',
  column: 'access',
  id,
});

/** The state an action leads to; the same state when the same person repeats it. */
function next(work: WorkOrderRow, { action, userId }: WorkOrderAction): WorkOrderState {
  if (work.driver !== 'manual') throw new BusinessError('WORK_ORDER_NOT_MANUAL');
  if (['done', 'failed', 'canceled'].includes(work.state)) throw new BusinessError('WORK_ORDER_ENDED');
  const isMine = work.assignedTo === userId;
  if (action === 'claim') {
    if (work.state === 'open') return 'processing';
    if (isMine) return work.state;
    throw new BusinessError('WORK_ORDER_TAKEN');
  }
  if (work.state === 'open') throw new BusinessError('WORK_ORDER_NOT_CLAIMED');
  if (!isMine) throw new BusinessError('WORK_ORDER_TAKEN');
  if (action === 'give-back') return 'open';
  return action === 'back-fill' ? 'done' : 'failed';
}
