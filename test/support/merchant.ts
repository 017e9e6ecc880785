import { createDemoMerchant } from '../sandbox/control.ts';
import type { RunningSandbox } from '../sandbox/sandbox.ts';
import type { World } from './world.ts';

/** Gives a seller a merchant account of its own at the sandbox. */
export async function bindAlipay(world: World, sandbox: RunningSandbox, sellerId: string): Promise<void> {
  const merchant = await createDemoMerchant(sandbox.controlUrl, 'seller');
  const [{ id }] = (await world.sql('select uuidv7() as id')) as [{ id: string }];
  const place = { table: 'payment_binding', column: 'private_key_sealed', id };
  await world.sql(
    `insert into payment_binding (id, organisation_id, channel, app_id, merchant_id, gateway_url, channel_public_key,
       private_key_sealed, callback_code, created_at) values (?, ?, 'alipay', ?, ?, ?, ?, ?, ?, now())`,
    [
      ...[id, sellerId, merchant.appId, merchant.sellerId, merchant.gatewayUrl, merchant.alipayPublicKey],
      ...[world.secrets.seal(merchant.appPrivateKey, place), `code-${id}`],
    ],
  );
}
