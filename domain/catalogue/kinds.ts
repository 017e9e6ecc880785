/** The kinds of products (see the words of the domain); each has an attribute schema and an access schema. */
export type ProductKind =
  | 'supercomputing'
  | 'ai-computing'
  | 'cloud-host'
  | 'bare-metal'
  | 'storage'
  | 'container'
  | 'dedicated-line';
