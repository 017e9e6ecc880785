import type { Request, Response } from 'express';
import type { Faults, Service } from './faults.ts';

/** The body as text, exactly as it came. */
export function bodyText(request: Request): string {
  return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
}

/** The body as a JSON object of the control API; an empty object without one. */
export function bodyJson(request: Request): Record<string, unknown> {
  const text = bodyText(request);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** Cuts the connection without a word, as a broken network does. */
export function dropConnection(response: Response): void {
  response.socket?.destroy();
}

const badGateway = `<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>Tengine</center></body></html>`;

/** Faults that strike before anything is done; true when the call is over. */
export async function struckBefore(
  faults: Faults,
  service: Service,
  subject: string,
  response: Response,
): Promise<boolean> {
  if (faults.take(service, 'lost-request', subject)) {
    dropConnection(response);
    return true;
  }
  if (service !== 'supplier' && faults.take(service, 'html-502', subject)) {
    response.status(502).type('html').send(badGateway);
    return true;
  }
  const slow = faults.take(service, 'slow-answer', subject);
  if (slow) await new Promise((resolve) => setTimeout(resolve, slow.delayMilliseconds ?? 3_000));
  return false;
}

/** The fault that strikes after everything is done; true when the call is over. */
export function struckAfter(faults: Faults, service: Service, subject: string, response: Response): boolean {
  const fault = faults.take(service, 'lost-answer', subject);
  if (fault) dropConnection(response);
  return fault !== undefined;
}
