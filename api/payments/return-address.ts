import { isHostOfSeller } from '../../db/organisations/sellers.ts';
import type { SignedInContext } from '../context.ts';

/**
 * The origin to which a cashier sends the customer back: that of their seller's storefront when they came by its
 * registered host name (a session is bound to its host), else the public address. Scheme and port are always ours.
 */
export async function originFor(context: SignedInContext): Promise<string> {
  const { publicUrl } = context.services.configuration;
  const { parentId } = context.session;
  if (parentId === null || context.host === '') return publicUrl;
  const isStorefront = await context.run((em) => isHostOfSeller(em, parentId, context.host), {
    readOnly: true,
  });
  if (!isStorefront) return publicUrl;
  const address = new URL(publicUrl);
  address.hostname = context.host;
  return address.origin;
}
