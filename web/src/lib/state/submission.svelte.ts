import { Problem } from '#lib/api/problem.ts';
import { m } from '#lib/paraglide/messages.js';

/** One form or action on its way to the api: shows progress, cannot be sent twice, keeps what was refused. */
export class Submission {
  busy = $state(false);
  problem = $state<Problem | null>(null);

  /** Runs the work unless it is running already; true when it went through. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem({ message: m.unreachable() }, 0, '');
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** What is wrong with a field, in words that say what to do; undefined when it is fine. */
  field(path: string): string | undefined {
    return this.problem?.fields[path];
  }

  /** What to say above the form: nothing where fields say it. */
  get message(): string | undefined {
    const { problem } = this;
    if (!problem) return undefined;
    return Object.keys(problem.fields).length > 0 && problem.code === 'INVALID_INPUT'
      ? undefined
      : problem.message;
  }
}
