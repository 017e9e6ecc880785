import { setTimeout as delay } from 'node:timers/promises';
import {
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, type Workflow } from '@temporalio/common';
import { BusinessError, errorRegistry, type ErrorCode } from '../domain/errors.ts';
import type { Services } from './services.ts';

/** How long a person waits for a process before they are told that it goes on without them. */
const patience = 20_000;

/**
 * Starts a process and waits for the answer of its first update. Repeating it with the same id joins the one that
 * runs; null when it has ended already.
 * @throws BusinessError what the process refused with, TEMPORARILY_UNAVAILABLE when nobody answered
 */
export async function startAndAsk<Answer>(
  services: Services,
  call: { type: string; workflowId: string; input: unknown; update: string; summary: string },
): Promise<Answer | null> {
  const startWorkflowOperation = new WithStartWorkflowOperation(call.type, {
    workflowId: call.workflowId,
    taskQueue: services.taskQueue,
    args: [call.input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: call.summary,
  });
  try {
    return await patiently(
      services.temporal.workflow.executeUpdateWithStart<Workflow, Answer, []>(call.update, {
        startWorkflowOperation,
        updateId: call.update,
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
    throw refusalOf(error);
  }
}

/**
 * Sends an update to a process and waits for its answer; null when the process has ended.
 * @throws as `startAndAsk`
 */
export async function ask<Answer>(
  services: Services,
  call: { workflowId: string; update: string; argument: unknown; updateId: string },
): Promise<Answer | null> {
  try {
    return await patiently(
      services.temporal.workflow
        .getHandle(call.workflowId)
        .executeUpdate<Answer, [unknown]>(call.update, { args: [call.argument], updateId: call.updateId }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw refusalOf(error);
  }
}

async function patiently<T>(answer: Promise<T>): Promise<T> {
  const clock = new AbortController();
  const late = delay(patience, null, { signal: clock.signal }).then(
    () => {
      throw new BusinessError('TEMPORARILY_UNAVAILABLE');
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clock.abort();
    answer.catch(() => {});
  }
}

/** What a process refused with as the error that is answered; an outage stays one. */
function refusalOf(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return (
      businessError(error.cause.type ?? '', (error.cause.details?.[0] ?? {}) as Record<string, string>) ??
      error
    );
  }
  return isGrpcServiceError(error) ? new BusinessError('TEMPORARILY_UNAVAILABLE') : error;
}

/** The refusal of a process by its code; null for a code that nobody declared. */
export function businessError(code: string, details: Record<string, string>): BusinessError | null {
  return Object.hasOwn(errorRegistry, code) ? new BusinessError(code as ErrorCode, details) : null;
}
