/** An event of the stream: its topic names the thing that changed. */
export interface LiveEvent {
  topic: string;
  payload: Record<string, string | number>;
}

/** What the tab that reads the stream passes to the others. */
type Passed = { what: 'event'; id: string; event: LiveEvent } | { what: 'lost' } | { what: 'reopened' };

interface Listener {
  hear: (event: LiveEvent) => void;
  /** The stream was gone for a while and is back: what is shown may be old. */
  reopened: () => void;
}

const channelName = 'kboss-events';
/** After a refusal the stream is asked for again, ever more seldom. Milliseconds. */
const firstPause = 2_000;
const longestPause = 30_000;

/**
 * The one event stream of a browser: the tab that holds the lock keeps the connection and passes events on to the
 * others; when it closes, the next tab takes over. The browser itself resumes a broken connection after the last event
 * it saw; one that the server refused (it restarts, the session ended) it gives up, so that is asked for again here,
 * by whichever tab gets the lock. Called in the browser only.
 */
class LiveEvents {
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | null = null;
  /** Where the stream stood when this browser last heard of it: who takes over goes on from there. */
  #lastId = '';
  #isLost = false;

  listen(hear: Listener['hear'], reopened: Listener['reopened']): () => void {
    const listener = { hear, reopened };
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
    channel.onmessage = ({ data }: MessageEvent<Passed>) => this.#take(data);
    const pass = (passed: Passed): void => {
      this.#take(passed);
      channel.postMessage(passed);
    };
    void this.#keepReading(pass, abort.signal);
    return () => {
      abort.abort();
      channel.close();
    };
  }

  async #keepReading(pass: (passed: Passed) => void, signal: AbortSignal): Promise<void> {
    let milliseconds = firstPause;
    while (!signal.aborted) {
      // Without locks (plain http away from localhost) each tab keeps its own stream.
      const wasOpen =
        'locks' in navigator
          ? await navigator.locks
              .request(channelName, { signal }, () => this.#read(pass, signal))
              .catch(() => false)
          : await this.#read(pass, signal);
      if (wasOpen) milliseconds = firstPause;
      await pause(milliseconds, signal);
      milliseconds = Math.min(milliseconds * 2, longestPause);
    }
  }

  /** Reads until nobody listens any more or the server refuses; answers whether the stream was open at all. */
  #read(pass: (passed: Passed) => void, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      let wasOpen = false;
      const source = new EventSource(
        this.#lastId ? `/api/v1/events?lastEventId=${this.#lastId}` : '/api/v1/events',
      );
      const end = (): void => {
        source.close();
        signal.removeEventListener('abort', end);
        resolve(wasOpen);
      };
      signal.addEventListener('abort', end);
      source.onopen = () => {
        wasOpen = true;
        if (this.#isLost) pass({ what: 'reopened' });
      };
      source.onmessage = ({ data, lastEventId }: MessageEvent<string>) =>
        pass({ what: 'event', id: lastEventId, event: JSON.parse(data) as LiveEvent });
      source.onerror = () => {
        if (source.readyState !== EventSource.CLOSED) return;
        pass({ what: 'lost' });
        end();
      };
    });
  }

  #take(passed: Passed): void {
    if (passed.what === 'event') {
      this.#lastId = passed.id;
      for (const { hear } of this.#listeners) hear(passed.event);
      return;
    }
    this.#isLost = passed.what === 'lost';
    if (passed.what === 'reopened') for (const { reopened } of this.#listeners) reopened();
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

export const liveEvents = new LiveEvents();
