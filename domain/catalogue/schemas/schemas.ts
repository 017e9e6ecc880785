import type { AttributeDefinition } from '../attributes.ts';
import type { ProductKind } from '../kinds.ts';
import { cloudHost } from './cloud-host.ts';
import { aiComputing, bareMetal, container, dedicatedLine, storage } from './others.ts';
import { supercomputing } from './supercomputing.ts';

/** The attributes of each kind, in the order a specification table shows them within their group. */
export const attributeSchemas: Readonly<Record<ProductKind, readonly AttributeDefinition[]>> = {
  supercomputing,
  'ai-computing': aiComputing,
  'cloud-host': cloudHost,
  'bare-metal': bareMetal,
  storage,
  container,
  'dedicated-line': dedicatedLine,
};
