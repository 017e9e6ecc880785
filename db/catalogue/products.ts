import { UniqueConstraintViolationException, type EntityManager } from '@mikro-orm/postgresql';
import type { AttributeValues, Bilingual } from '../../domain/catalogue/attributes.ts';
import type { ProductKind } from '../../domain/catalogue/kinds.ts';
import type { ListingState } from '../../domain/catalogue/listing.ts';
import { BusinessError } from '../../domain/errors.ts';
import { ProductEntity } from './entities.ts';
import { after, microsOf, type Position, type PositionedRow } from '../keyset.ts';

/** A product as its owner edits it. */
export interface ProductRecord {
  readonly id: string;
  readonly code: string;
  readonly kind: ProductKind;
  readonly name: Bilingual;
  readonly summary: Bilingual;
  readonly provider: Bilingual;
  readonly attributes: AttributeValues;
  readonly state: ListingState;
  readonly supplierId: string | null;
  readonly poolId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type ProductFields = Pick<ProductRecord, 'name' | 'summary' | 'provider' | 'attributes'>;

const columns = `r.id, r.code, r.kind, jsonb_build_object('zh', r.name_zh, 'en', r.name_en) as name,
  jsonb_build_object('zh', r.summary_zh, 'en', r.summary_en) as summary,
  jsonb_build_object('zh', r.provider_zh, 'en', r.provider_en) as provider,
  r.attributes, r.state, s.supplier_id as "supplierId", s.pool_id as "poolId",
  r.created_at as "createdAt", r.updated_at as "updatedAt"`;
const tables = 'product r left join product_supply s on s.product_id = r.id';

export interface ProductListRow extends ProductRecord, PositionedRow {
  readonly planCount: number;
}

/** The products of an organisation, latest first, one more than `limit`. */
export function listProducts(
  em: EntityManager,
  organisationId: string,
  wanted: {
    position: Position | null;
    limit: number;
    state?: ListingState | undefined;
    kind?: ProductKind | undefined;
  },
): Promise<ProductListRow[]> {
  const next = after(wanted.position, 'r.created_at', 'r.id');
  const filters = [
    { sql: 'r.state = ?', value: wanted.state },
    { sql: 'r.kind = ?', value: wanted.kind },
  ].filter(({ value }) => value !== undefined);
  return em.execute<ProductListRow[]>(
    `select ${columns}, ${microsOf('r.created_at')},
       (select count(*)::int from plan p where p.product_id = r.id and p.state = 'active') as "planCount"
     from ${tables} where r.organisation_id = ? ${filters.map(({ sql }) => `and ${sql}`).join(' ')} and ${next.sql}
     order by r.created_at desc, r.id desc limit ?`,
    [organisationId, ...filters.map(({ value }) => value), ...next.values, wanted.limit + 1],
  );
}

/** One product of an organisation, locked when it is to be changed. @throws BusinessError NOT_FOUND */
export async function readProduct(
  em: EntityManager,
  organisationId: string,
  id: string,
  lock: 'for update' | '' = '',
): Promise<ProductRecord> {
  const [row] = await em.execute<ProductRecord[]>(
    `select ${columns} from ${tables} where r.organisation_id = ? and r.id = ? ${lock && 'for update of r'}`,
    [organisationId, id],
  );
  if (!row) throw new BusinessError('NOT_FOUND');
  return row;
}

/** Adds a draft and answers its id. @throws BusinessError CODE_TAKEN */
export async function createProduct(
  em: EntityManager,
  organisationId: string,
  product: ProductFields & { code: string; kind: ProductKind },
  at: Date,
): Promise<string> {
  const { code, kind } = product;
  const draft = em.create(ProductEntity, {
    ...{ organisationId, code, kind, ...columnsOf(product) },
    state: 'draft',
    createdAt: at,
    updatedAt: at,
  });
  await flushUnique(em, code);
  return draft.id;
}

/** Changes what a product says of itself. */
export async function changeProduct(
  em: EntityManager,
  id: string,
  fields: ProductFields,
  at: Date,
): Promise<void> {
  await em.nativeUpdate(ProductEntity, { id }, { ...columnsOf(fields), updatedAt: at });
}

function columnsOf({ name, summary, provider, attributes }: ProductFields) {
  return {
    nameZh: name.zh,
    nameEn: name.en,
    summaryZh: summary.zh,
    summaryEn: summary.en,
    providerZh: provider.zh,
    providerEn: provider.en,
    attributes,
  };
}

/** Writes what was created; a code that another product or plan has already is refused. @throws BusinessError CODE_TAKEN */
export async function flushUnique(em: EntityManager, code: string): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new BusinessError('CODE_TAKEN', { code }, { code: 'CODE_TAKEN' });
  }
}

/** Says from which pool a product is opened; its supplier follows. @throws BusinessError NOT_FOUND for no own pool */
export async function setSupply(
  em: EntityManager,
  organisationId: string,
  id: string,
  poolId: string,
): Promise<void> {
  const rows = await em.execute<unknown[]>(
    `insert into product_supply (product_id, organisation_id, supplier_id, pool_id)
     select ?, organisation_id, supplier_id, id from pool where organisation_id = ? and id = ?
     on conflict (product_id) do update set supplier_id = excluded.supplier_id, pool_id = excluded.pool_id
     returning product_id`,
    [id, organisationId, poolId],
  );
  if (rows.length === 0) throw new BusinessError('NOT_FOUND', {}, { poolId: 'NOT_FOUND' });
}

/** The pools that products can be opened from. */
export function listPools(
  em: EntityManager,
  organisationId: string,
): Promise<{ id: string; code: string; name: string; driver: string; state: string }[]> {
  return em.execute(
    'select id, code, name, driver, state from pool where organisation_id = ? order by code',
    [organisationId],
  );
}
