import { m } from '#lib/paraglide/messages.js';

const labels = {
  supercomputing: m.kind_supercomputing,
  'ai-computing': m.kind_ai_computing,
  'cloud-host': m.kind_cloud_host,
  'bare-metal': m.kind_bare_metal,
  storage: m.kind_storage,
  container: m.kind_container,
  'dedicated-line': m.kind_dedicated_line,
};

export type Kind = keyof typeof labels;

/** Kinds of products in the order the shop shows them. */
export const productKinds = Object.keys(labels) as Kind[];

/** The name of a kind in the language of the page. */
export function kindLabel(kind: string): string {
  return (labels as Record<string, () => string>)[kind]?.() ?? kind;
}

export const kindOptions = () => productKinds.map((value) => ({ value, label: kindLabel(value) }));
