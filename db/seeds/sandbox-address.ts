import type { Database } from '../database.ts';

/** Writes bindings anew that lead to a sandbox which listens elsewhere now; keys and templates stay. */
export function moveSandbox(database: Database, from: string, to: string): Promise<void> {
  const [before, after] = [new URL(from).host, new URL(to).host];
  return database.asSystem('seed', async (em) => {
    await em.execute('update payment_binding set gateway_url = replace(gateway_url, ?, ?)', [before, after]);
    await em.execute('update sms_binding set endpoint = replace(endpoint, ?, ?)', [before, after]);
  });
}
