/** Every entity of the product, one line a column. */
export const entities = [];
