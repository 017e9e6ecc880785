import type { ActivityExecuteInput, Next, WorkerInterceptors } from '@temporalio/worker';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

/** Stops named activities of a worker in this process, before or after their work, until it is opened. */
export class Gate {
  readonly #activities: readonly string[];
  readonly #waiting = new Set<string>();
  #side: 'before' | 'after' | null = null;
  #isOpen: Promise<void> = Promise.resolve();
  #open = (): void => {};

  constructor(activities: readonly string[]) {
    this.#activities = activities;
  }

  close(side: 'before' | 'after'): void {
    this.#waiting.clear();
    this.#side = side;
    this.#isOpen = new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#side = null;
    this.#open();
  }

  /** True when every one of the activities stands before the closed gate. */
  isReached(): boolean {
    return this.#waiting.size === this.#activities.length;
  }

  interceptors(): WorkerInterceptors {
    return {
      activity: [
        ({ info }) => ({
          inbound: { execute: (input, next) => this.#execute(info.activityType, input, next) },
        }),
      ],
    };
  }

  async #execute(
    activity: string,
    input: ActivityExecuteInput,
    next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  ): Promise<unknown> {
    await this.#pass(activity, 'before');
    const result = await next(input);
    await this.#pass(activity, 'after');
    return result;
  }

  async #pass(activity: string, side: 'before' | 'after'): Promise<void> {
    if (side !== this.#side || !this.#activities.includes(activity)) return;
    this.#waiting.add(activity);
    await this.#isOpen;
  }
}
