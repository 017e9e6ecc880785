import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  /** Everything posted so far, in order of arrival. */
  received: ReceivedPost[];
  /** What is answered from now on. */
  answer: (post: ReceivedPost) => { status: number; body: string };
  stop(): Promise<void>;
}

/** A web server that keeps what is posted to it, as the callback address of a provider. */
export async function aReceiver(answerBody = 'success'): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: () => ({ status: 200, body: answerBody }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const post = { path: request.url ?? '', headers: request.headers, body };
      receiver.received.push(post);
      const answer = receiver.answer(post);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}
