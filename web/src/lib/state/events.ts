/** An event of the stream: its topic names the thing that changed. */
export interface LiveEvent {
  topic: string;
  payload: Record<string, string | number>;
}

/** What the tab that reads the stream passes to the others. */
interface Passed {
  id: string;
  event: LiveEvent;
}

type Listener = (event: LiveEvent) => void;

const channelName = 'kboss-events';

/**
 * The one event stream of a browser: the tab that holds the lock keeps the connection and passes events on to the
 * others; when it closes, the next tab takes over. The browser itself resumes a broken stream after the last event it
 * saw. Called in the browser only.
 */
class LiveEvents {
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | null = null;
  /** Where the stream stood when this browser last heard of it: who takes over goes on from there. */
  #lastId = '';

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#stop ??= this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#stop?.();
        this.#stop = null;
      }
    };
  }

  #start(): () => void {
    const channel = new BroadcastChannel(channelName);
    const abort = new AbortController();
    channel.onmessage = ({ data }: MessageEvent<Passed>) => {
      this.#lastId = data.id;
      this.#tell(data.event);
    };
    const lead = (): Promise<void> =>
      new Promise((resolve) => {
        const source = new EventSource(
          this.#lastId ? `/api/v1/events?lastEventId=${this.#lastId}` : '/api/v1/events',
        );
        source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
          const event = JSON.parse(data) as LiveEvent;
          this.#lastId = lastEventId;
          this.#tell(event);
          channel.postMessage({ id: lastEventId, event } satisfies Passed);
        };
        abort.signal.addEventListener('abort', () => {
          source.close();
          resolve();
        });
      });
    // Without locks (plain http away from localhost) each tab keeps its own stream.
    if ('locks' in navigator) {
      navigator.locks.request(channelName, { signal: abort.signal }, lead).catch(() => undefined);
    } else {
      void lead();
    }
    return () => {
      abort.abort();
      channel.close();
    };
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export const liveEvents = new LiveEvents();
