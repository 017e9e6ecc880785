import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import { readStream, streamNow, type StreamCursor, type StreamEvent } from '../../db/stream.ts';
import { identify } from '../identity/identify.ts';
import { stream, type StreamRoute } from '../route.ts';
import { hears } from './topics.ts';
import { wakeUpOf } from './wake-up.ts';

const heartbeat = 15_000;
/** Without a wake-up the stream looks by itself this often. */
const looksItself = 3_000;
const pageSize = 200;

/**
 * Everything that happens to an organisation, one stream a browser, all topics in it. An event's id is its place
 * (transaction, row): a browser that comes back says the last one it saw and loses nothing. Who asks is found out anew
 * before each batch: a role taken away or a session ended is felt at once.
 */
export const eventRoute: StreamRoute = stream({
  method: 'get',
  path: '/events',
  permission: 'signed-in',
  summary: 'Server-sent events of one’s own organisation; resumes after Last-Event-ID',
  query: z.object({
    lastEventId: z
      .string()
      .regex(/^\d{1,20}-\d{1,20}$/)
      .optional(),
  }),
  async handler(context, { request, response }) {
    const { services, session } = context;
    const { organisationId, userId } = session;
    const asked = request.get('Last-Event-ID') ?? context.query.lastEventId;
    let cursor = cursorOf(asked) ?? (await context.run(streamNow, { readOnly: true }));
    const bell = new Bell();
    const forget = wakeUpOf(services).listen(organisationId, () => bell.ring());
    const closed = new AbortController();
    response.once('close', () => {
      closed.abort();
      bell.ring();
    });
    open(response);
    try {
      let beat = Date.now();
      while (!closed.signal.aborted && session.expiresAt.getTime() > services.now().getTime()) {
        const events = await services.database.inOrganisation(
          { organisationId, userId },
          (em) => readStream(em, organisationId, cursor, pageSize),
          { readOnly: true },
        );
        if (events.length > 0) {
          const { session: now } = await identify(request, response, services);
          if (now?.organisationId !== organisationId) break;
          const heard = events.filter(({ topic }) => hears(now.permissions, topic));
          if (!(await send(response, heard, events.at(-1)!, closed.signal))) break;
          cursor = events.at(-1)!;
          beat = Date.now();
        } else if (Date.now() - beat >= heartbeat) {
          response.write(': still here\n\n');
          beat = Date.now();
        }
        if (events.length < pageSize) await bell.wait(looksItself);
      }
    } finally {
      forget();
      response.end();
    }
  },
});

function open(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  response.write('retry: 2000\n\n');
}

/** Writes events; the last place is told even when nothing of the batch may be heard. False when the reader is gone. */
async function send(
  response: Response,
  heard: readonly StreamEvent[],
  last: StreamCursor,
  closed: AbortSignal,
): Promise<boolean> {
  const texts = heard.map(
    ({ topic, payload, ...place }) => `id: ${idOf(place)}\ndata: ${JSON.stringify({ topic, payload })}\n\n`,
  );
  if (heard.at(-1)?.id !== last.id) texts.push(`id: ${idOf(last)}\n\n`);
  if (response.write(texts.join(''))) return true;
  await once(response, 'drain', { signal: closed }).catch(() => {});
  return !closed.aborted;
}

const idOf = ({ xid, id }: StreamCursor): string => `${xid}-${id}`;

function cursorOf(text: string | undefined): StreamCursor | null {
  const found = /^(\d{1,20})-(\d{1,18})$/.exec(text ?? '');
  return found ? { xid: found[1]!, id: found[2]! } : null;
}

/** Wakes the one who waits; a ring that nobody waited for is heard by the next wait. */
class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = null;
    this.#rung = false;
  }
}
