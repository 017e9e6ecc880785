import { browser } from '$app/env';

/** How many products are compared at most. */
export const comparedAtMost = 4;
const storageKey = 'kboss-compare';

interface Compared {
  id: string;
  name: string;
}

/** Products chosen for comparison, kept in this browser. */
class Comparison {
  items = $state<Compared[]>([]);

  /** Reads what was kept; called once the page is alive, so that server and browser render the same. */
  restore(): void {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]');
      if (Array.isArray(kept)) this.items = kept.filter(isCompared).slice(0, comparedAtMost);
    } catch {
      this.items = [];
    }
  }

  has(id: string): boolean {
    return this.items.some((item) => item.id === id);
  }

  get isFull(): boolean {
    return this.items.length >= comparedAtMost;
  }

  toggle(item: Compared): void {
    if (this.has(item.id)) this.items = this.items.filter(({ id }) => id !== item.id);
    else if (!this.isFull) this.items = [...this.items, item];
    this.#keep();
  }

  clear(): void {
    this.items = [];
    this.#keep();
  }

  get href(): string {
    return `/compare?ids=${this.items.map(({ id }) => id).join(',')}`;
  }

  #keep(): void {
    if (browser) sessionStorage.setItem(storageKey, JSON.stringify(this.items));
  }
}

function isCompared(value: unknown): value is Compared {
  const item = value as Partial<Compared> | null;
  return typeof item?.id === 'string' && typeof item.name === 'string';
}

export const comparison = new Comparison();
