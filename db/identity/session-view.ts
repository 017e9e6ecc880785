import type { EntityManager } from '@mikro-orm/postgresql';
import type { OrganisationKind } from '../../domain/identity/permissions.ts';

export interface PersonRow {
  id: string;
  number: string;
  name: string;
  phone_masked: string;
  language: 'zh' | 'en';
}

export interface PlaceRow {
  id: string;
  number: string;
  name: string;
  kind: OrganisationKind;
  roles: string[];
}

/** A person and the organisations that they may act in, oldest membership first. Runs in scope `identity`. */
export async function readPerson(
  em: EntityManager,
  userId: string,
): Promise<{ person: PersonRow; places: PlaceRow[] }> {
  const [person] = await em.execute<PersonRow[]>(
    'select id, number, name, phone_masked, language from user_account where id = ?',
    [userId],
  );
  return { person: person!, places: await readPlaces(em, userId) };
}

/** The organisations that a user may act in, oldest membership first. Runs in scope `identity`. */
export function readPlaces(em: EntityManager, userId: string): Promise<PlaceRow[]> {
  return em.execute<PlaceRow[]>(
    `select o.id, o.number, o.name, o.kind, m.roles
       from membership m join organisation o on o.id = m.organisation_id
      where m.user_id = ? and m.state = 'active' and o.state = 'active'
      order by m.joined_at, o.id`,
    [userId],
  );
}

export interface StorefrontRow {
  code: string;
  name_zh: string;
  name_en: string;
  colour: string;
}

/** The public face of a seller; a seller without a storefront of its own shows the platform's. */
export async function readStorefront(em: EntityManager, sellerId: string): Promise<StorefrontRow | null> {
  const rows = await em.execute<StorefrontRow[]>(
    'select code, name_zh, name_en, colour from storefront where organisation_id = ?',
    [sellerId],
  );
  return rows[0] ?? null;
}

export interface Counts {
  cartLines: number;
  /** Messages that nobody of the organisation has read, at most 100. */
  unread: number;
}

/** How many lines the cart of a person holds, and how many messages wait for the organisation. */
export async function readCounts(em: EntityManager, organisationId: string, userId: string): Promise<Counts> {
  const [row] = await em.execute<Counts[]>(
    `select (select count(*)::int from cart_line where organisation_id = ? and user_id = ?) as "cartLines",
            (select count(*)::int from (select 1 from message where organisation_id = ? and read_at is null
               order by created_at desc limit 100) recent) as unread`,
    [organisationId, userId, organisationId],
  );
  return row!;
}
