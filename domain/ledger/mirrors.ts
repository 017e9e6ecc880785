/**
 * Accounts of two neighbours that say the same thing: what stands in the seller's book under the buyer's name stands
 * in the buyer's book under the seller's name, on the other side, at every commit.
 */
export const mirrors: readonly { readonly seller: string; readonly buyer: string }[] = [
  { seller: '1122.buyer', buyer: '2202.upstream' },
  { seller: '1221.collected', buyer: '2241.collected' },
  { seller: '2202.commission', buyer: '1122.commission' },
  { seller: '2203.deposit', buyer: '1123.deposit' },
];
