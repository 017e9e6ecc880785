import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DriverError, type Driver, type Provisioned } from '../../activities/drivers/driver.ts';

/**
 * A supplier that outlives the worker: one file a name. It refuses nothing that is asked twice, but counts what it
 * really opened and closed, so that a test can see that nothing happened twice.
 */
export class FileSupplier implements Driver {
  readonly #directory: string;
  /** Quantity whose orders it refuses. */
  readonly #refused = '999';

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  open(_pool: unknown, request: { externalName: string; quantity: string }): Promise<Provisioned> {
    const { externalName, quantity } = request;
    if (quantity === this.#refused)
      return Promise.reject(new DriverError('SOLD_OUT', 'never', 'no capacity'));
    if (!existsSync(this.#file(externalName))) this.#write(externalName, 'active');
    return Promise.resolve(active(externalName));
  }

  lookUp(_pool: unknown, externalName: string): ReturnType<Driver['lookUp']> {
    const isActive = existsSync(this.#file(externalName)) && this.history(externalName).at(-1) === 'active';
    return Promise.resolve(isActive ? active(externalName) : { state: 'absent' });
  }

  close(_pool: unknown, externalName: string): Promise<void> {
    if (existsSync(this.#file(externalName))) appendFileSync(this.#file(externalName), 'closed\n');
    return Promise.resolve();
  }

  /** What was done under a name, in order. */
  history(externalName: string): string[] {
    const file = this.#file(externalName);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  #write(externalName: string, word: string): void {
    writeFileSync(this.#file(externalName), `${word}\n`, { flag: 'wx' });
  }

  #file(externalName: string): string {
    return join(this.#directory, externalName);
  }
}

function active(externalName: string): Provisioned {
  return { state: 'active', access: { address: '10.0.0.9' }, facts: { name: externalName } };
}
