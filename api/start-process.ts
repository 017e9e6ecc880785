import type { Services } from './services.ts';

/** Starts a workflow with a summary for operators (no personal data), or fails within three seconds as an outage that the caller may try again. */
export async function startProcess<I>(
  services: Services,
  type: string,
  workflowId: string,
  input: I,
  summary: string,
): Promise<void> {
  await services.temporal.connection.withDeadline(Date.now() + 3_000, () =>
    services.temporal.workflow.start(type, {
      taskQueue: services.taskQueue,
      workflowId,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: summary,
    }),
  );
}
