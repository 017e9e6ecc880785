import { startProduct, type RunningProduct } from './support/product.ts';

const kept = globalThis as { kbossProduct?: RunningProduct };

/** One running product for all journeys; KBOSS_TEST_SITE and KBOSS_TEST_SANDBOX name one that runs already. */
export default async function setup(): Promise<void> {
  if (process.env.KBOSS_TEST_SITE) return;
  const product = await startProduct();
  kept.kbossProduct = product;
  process.env.KBOSS_TEST_SITE = product.site;
  process.env.KBOSS_TEST_SANDBOX = product.sandbox;
}

export async function stopProduct(): Promise<void> {
  await kept.kbossProduct?.stop();
}
