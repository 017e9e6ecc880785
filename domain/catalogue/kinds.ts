import type { Bilingual } from './attributes.ts';

/** The kinds of products (see the words of the domain); each has an attribute schema and an access schema. */
export type ProductKind =
  | 'supercomputing'
  | 'ai-computing'
  | 'cloud-host'
  | 'bare-metal'
  | 'storage'
  | 'container'
  | 'dedicated-line';

/** Names on the screen, in the order the shop shows them. */
export const kindNames: Readonly<Record<ProductKind, Bilingual>> = {
  supercomputing: { zh: '超算', en: 'Supercomputing' },
  'ai-computing': { zh: '智算', en: 'AI computing' },
  'cloud-host': { zh: '云主机', en: 'Cloud host' },
  'bare-metal': { zh: '裸金属', en: 'Bare metal' },
  storage: { zh: '存储', en: 'Storage' },
  container: { zh: '容器', en: 'Container' },
  'dedicated-line': { zh: '专线', en: 'Dedicated line' },
};

export const productKinds = Object.keys(kindNames) as readonly ProductKind[];
