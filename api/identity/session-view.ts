import { z } from 'zod';
import { menuOf } from '../../domain/identity/menu.ts';
import { permissionsOf } from '../../domain/identity/permissions.ts';
import { readCounts, readPerson, readStorefront } from '../../db/identity/session-view.ts';
import type { Context } from '../context.ts';
import { bilingualSchema, uuidSchema } from '../schemas.ts';
import { csrfTokenOf } from './csrf.ts';

const kindSchema = z.enum(['platform', 'distributor', 'supplier', 'customer']);

const placeSchema = z.object({
  id: uuidSchema,
  number: z.string(),
  name: z.string(),
  kind: kindSchema,
  roles: z.array(z.string()),
});

export const sessionViewSchema = z
  .object({
    user: z
      .object({
        id: uuidSchema,
        number: z.string(),
        name: z.string(),
        phone: z.string().meta({ description: 'Masked: 138****5678' }),
        language: z.enum(['zh', 'en']),
      })
      .nullable(),
    organisation: placeSchema.nullable(),
    organisations: z.array(placeSchema),
    permissions: z.array(z.string()),
    menu: z.array(
      z.object({
        group: z.string(),
        entries: z.array(z.object({ key: z.string(), href: z.string(), icon: z.string() })),
      }),
    ),
    csrfToken: z.string().nullable().meta({ description: 'Sent back as X-CSRF-Token with each change' }),
    cartCount: z.number().int().nullable(),
    unreadCount: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Messages that nobody of the organisation has read, at most 100' }),
    storefront: z.object({ code: z.string(), name: bilingualSchema, colour: z.string() }).nullable(),
  })
  .meta({ id: 'Session', description: 'Who is signed in, where they act, and what they may do there' });

type SessionView = z.input<typeof sessionViewSchema>;

/** What the site needs to know about the caller; for nobody signed in, the storefront only. */
export async function viewOfSession(
  context: Context,
  session: { id: string; userId: string; organisationId: string } | null,
  sellerId: string,
): Promise<SessionView> {
  const view: SessionView = await context.services.database.inScope('identity', async (em) => {
    const shop = await readStorefront(em, sellerId);
    const storefront = shop && {
      code: shop.code,
      name: { zh: shop.name_zh, en: shop.name_en },
      colour: shop.colour,
    };
    if (!session) return { ...nobody, storefront };
    const { person, places } = await readPerson(em, session.userId);
    const organisation = places.find(({ id }) => id === session.organisationId) ?? null;
    const granted = organisation ? permissionsOf(organisation.kind, organisation.roles) : new Set<never>();
    return {
      user: {
        id: person.id,
        number: person.number,
        name: person.name,
        phone: person.phone_masked,
        language: person.language,
      },
      organisation,
      organisations: places,
      permissions: [...granted],
      menu: organisation ? menuOf(organisation.kind, granted) : [],
      csrfToken: csrfTokenOf(context.services, session.id),
      cartCount: null,
      unreadCount: null,
      storefront,
    };
  });
  return session ? { ...view, ...(await countsOf(context, session, view.permissions)) } : view;
}

/** Carts and messages are seen by their organisation only, not by the scope in which people are found. */
async function countsOf(
  context: Context,
  { organisationId, userId }: { organisationId: string; userId: string },
  permissions: readonly string[],
): Promise<Pick<SessionView, 'cartCount' | 'unreadCount'>> {
  const usesCart = permissions.includes('cart.use');
  const readsMessages = permissions.includes('message.read');
  if (!usesCart && !readsMessages) return { cartCount: null, unreadCount: null };
  const { cartLines, unread } = await context.services.database.inOrganisation(
    { organisationId, userId },
    (em) => readCounts(em, organisationId, userId),
    { readOnly: true },
  );
  return { cartCount: usesCart ? cartLines : null, unreadCount: readsMessages ? unread : null };
}

const nobody = {
  user: null,
  organisation: null,
  organisations: [],
  permissions: [],
  menu: [],
  csrfToken: null,
  cartCount: null,
  unreadCount: null,
};
