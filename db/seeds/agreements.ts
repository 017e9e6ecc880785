import type { EntityManager } from '@mikro-orm/postgresql';
import { insert } from './insert.ts';
import type { SeededTree } from './organisations.ts';

interface DemoEdge {
  seller: string;
  buyer: string;
  kind: 'supply' | 'distribution';
  terms: { mode: 'discount'; rate: string } | { mode: 'rebate'; commission: string };
  /** Most that the buyer may owe, in 分; null without a limit (suppliers give none). */
  creditLimit: number | null;
}

/** Rates are rates of the list price; the commission one of the amount collected (price-chain rule 3). */
const demoEdges: readonly DemoEdge[] = [
  ...(['east', 'west', 'yunfan', 'nanhu'] as const).map((supplier): DemoEdge => ({
    seller: supplier,
    buyer: 'kaiyuan',
    kind: 'supply',
    terms: { mode: 'discount', rate: '0.50' },
    creditLimit: null,
  })),
  {
    seller: 'kaiyuan',
    buyer: 'huadong',
    kind: 'distribution',
    terms: { mode: 'discount', rate: '0.70' },
    creditLimit: 200_000_000,
  },
  {
    seller: 'huadong',
    buyer: 'jiangnan',
    kind: 'distribution',
    terms: { mode: 'discount', rate: '0.80' },
    creditLimit: 100_000_000,
  },
  {
    seller: 'kaiyuan',
    buyer: 'xinghai',
    kind: 'distribution',
    terms: { mode: 'rebate', commission: '0.20' },
    creditLimit: 50_000_000,
  },
];

/** What each principal asks of its customers, as a rate of the list price, and its floor without approval. */
const demoRetail: readonly { seller: string; rate: string; floor: string }[] = [
  { seller: 'kaiyuan', rate: '1', floor: '0.85' },
  { seller: 'huadong', rate: '0.98', floor: '0.85' },
  { seller: 'jiangnan', rate: '0.95', floor: '0.88' },
];

/** Makes supply and distribution agreements for all products, and retail prices. */
export async function seedAgreements(em: EntityManager, tree: SeededTree): Promise<void> {
  const since = new Date(0);
  for (const edge of demoEdges) {
    const parties = {
      seller_id: tree.organisations.get(edge.seller)!,
      buyer_id: tree.organisations.get(edge.buyer)!,
    };
    const edgeId = await insert(em, 'edge', {
      ...parties,
      kind: edge.kind,
      credit_limit: edge.creditLimit,
      valid_from: since,
    });
    await insert(em, 'edge_term', {
      ...parties,
      edge_id: edgeId,
      mode: edge.terms.mode,
      rate: edge.terms.mode === 'discount' ? edge.terms.rate : null,
      commission_rate: edge.terms.mode === 'rebate' ? edge.terms.commission : '0',
      valid_from: since,
    });
  }
  for (const retail of demoRetail) {
    await insert(em, 'retail_price', {
      organisation_id: tree.organisations.get(retail.seller)!,
      rate: retail.rate,
      floor_rate: retail.floor,
      valid_from: since,
    });
  }
}
