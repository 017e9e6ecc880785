import type { Sandbox } from '../context.ts';
import { ed25519Pair, signMessage } from './signature.ts';

/** One delivery of an event; anything but 2xx is tried again by the schedule, unless it is forged. */
export async function deliverCallback(sandbox: Sandbox, eventId: string): Promise<void> {
  const { supplier: state, ...rest } = sandbox.store.state;
  const callback = state.callbacks[eventId];
  const instance = callback && state.instances[callback.instanceKey];
  const supplier = instance && state.suppliers[instance.supplierId];
  if (!callback || !supplier) return;
  const url = new URL(callback.url);
  const privateKey = callback.isForged ? (await ed25519Pair()).privateKey : supplier.privateKey;
  const headers = await signMessage(
    {
      method: 'POST',
      host: url.host,
      target: `${url.pathname}${url.search}`,
      headers: {},
      body: callback.body,
    },
    supplier.keyId,
    privateKey,
  );
  const answer = await post(url, callback.body, headers);
  callback.attempts.push({ at: Date.now(), answer: answer === 0 ? 'no answer' : String(answer) });
  const wait = rest.settings.supplierRetryMilliseconds[callback.attempts.length - 1];
  if (answer >= 200 && answer < 300) {
    callback.state = 'delivered';
  } else if (callback.state !== 'delivered') {
    callback.state = callback.isForged || wait === undefined ? 'given-up' : 'waiting';
    if (callback.state === 'waiting') sandbox.scheduler.later('supplier-callback', eventId, wait!);
  }
  sandbox.store.changed();
}

/** The status, 0 when there was no answer. */
async function post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
