import pg from 'pg';
import { wakeUpChannel } from '../../db/stream.ts';
import type { Services } from '../services.ts';

type Listener = () => void;

/** Hears on one connection of the process which organisations have new events; without it the streams look themselves. */
class WakeUp {
  readonly #url: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #client: pg.Client | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls `listener` when an organisation has news, until the returned function is called. */
  listen(organisationId: string, listener: Listener): () => void {
    const set = this.#listeners.get(organisationId) ?? new Set();
    this.#listeners.set(organisationId, set.add(listener));
    this.#connect();
    return () => {
      set.delete(listener);
      if (set.size === 0) this.#listeners.delete(organisationId);
      if (this.#listeners.size === 0) this.#disconnect();
    };
  }

  #connect(): void {
    if (this.#client) return;
    const client = new pg.Client({ connectionString: this.#url });
    this.#client = client;
    const gone = (): void => {
      if (this.#client === client) this.#client = null;
      client.end().catch(() => {});
    };
    client.on('error', gone);
    client.on('end', gone);
    client.on('notification', ({ payload }) => {
      for (const listener of this.#listeners.get(payload ?? '') ?? []) listener();
    });
    client
      .connect()
      .then(() => client.query(`listen ${wakeUpChannel}`), gone)
      .catch(gone);
  }

  #disconnect(): void {
    const client = this.#client;
    this.#client = null;
    client?.end().catch(() => {});
  }
}

const ofServices = new WeakMap<Services, WakeUp>();

/** The one of a process. */
export function wakeUpOf(services: Services): WakeUp {
  const known = ofServices.get(services);
  if (known) return known;
  const made = new WakeUp(services.configuration.databaseUrl);
  ofServices.set(services, made);
  return made;
}
