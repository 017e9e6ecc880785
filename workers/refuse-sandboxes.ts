import type { Dependencies } from '../activities/dependencies.ts';
import { assertGatewayUrl, ConfigurationError } from '../domain/configuration.ts';

/**
 * In production no active binding and no pool may lead to a sandbox or over plain http; the worker does not start and
 * says which one does. Activities check again before each use, since bindings change while a worker runs.
 * @throws ConfigurationError naming the organisation and the channel
 */
export async function refuseSandboxes({ database, secrets }: Dependencies): Promise<void> {
  const { gateways, pools } = await database.asSystem(
    'provisioning',
    async (em) => ({
      gateways: await em.execute<{ name: string; channel: string; address: string }[]>(
        `select o.name, b.channel, b.gateway_url as address from payment_binding b
         join organisation o on o.id = b.organisation_id where b.state = 'active'
         union all
         select o.name, 'sms ' || b.channel, b.endpoint from sms_binding b
         join organisation o on o.id = b.organisation_id where b.state = 'active'`,
      ),
      pools: await em.execute<{ id: string; code: string; sealed: string }[]>(
        `select id, code, settings_sealed as sealed from pool
         where driver = 'open-computing' and settings_sealed is not null`,
      ),
    }),
    { readOnly: true },
  );
  for (const { name, channel, address } of gateways) check(`${channel} of ${name}`, address);
  for (const { id, code, sealed } of pools) {
    const settings: unknown = JSON.parse(
      secrets.open(sealed, { table: 'pool', column: 'settings_sealed', id }).reveal(),
    );
    check(`Pool ${code}`, (settings as { baseUrl: string }).baseUrl);
  }
}

function check(what: string, address: string): void {
  try {
    assertGatewayUrl(true, address);
  } catch (error) {
    throw error instanceof ConfigurationError ? new ConfigurationError(`${what}:`, error.message) : error;
  }
}
