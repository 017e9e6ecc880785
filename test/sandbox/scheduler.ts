import { randomUUID } from 'node:crypto';
import type { Store, Task } from './store.ts';

export interface Scheduler {
  /** Does `kind` for `key` after a while; kept over a restart. */
  later(kind: string, key: string, milliseconds: number): void;
  /** Names what is to be done for a kind; call before `start`. */
  on(kind: string, handle: (key: string) => Promise<void> | void): void;
  start(): void;
  stop(): Promise<void>;
}

/** Runs the tasks kept in the store when they are due, each once. */
export function createScheduler(store: Store): Scheduler {
  const handlers = new Map<string, (key: string) => Promise<void> | void>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let isStarted = false;

  const run = (task: Task): void => {
    timers.delete(task.id);
    store.state.tasks = store.state.tasks.filter((other) => other.id !== task.id);
    store.changed();
    const work = Promise.resolve()
      .then(() => handlers.get(task.kind)?.(task.key))
      .catch((error: unknown) => console.error(`sandbox task ${task.kind} ${task.key}:`, error))
      .finally(() => running.delete(work));
    running.add(work);
  };
  const arm = (task: Task): void => {
    timers.set(
      task.id,
      setTimeout(() => run(task), Math.min(Math.max(0, task.dueAt - Date.now()), 2 ** 31 - 1)),
    );
  };
  return {
    later(kind, key, milliseconds) {
      const task = { id: randomUUID(), kind, key, dueAt: Date.now() + milliseconds };
      store.state.tasks.push(task);
      store.changed();
      if (isStarted) arm(task);
    },
    on(kind, handle) {
      handlers.set(kind, handle);
    },
    start() {
      isStarted = true;
      for (const task of store.state.tasks) arm(task);
    },
    async stop() {
      isStarted = false;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
