import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { StorefrontEntity } from '../../db/organisations/entities.ts';
import { audit } from '../audit.ts';
import { fieldError } from '../input.ts';
import { route, type AnyRoute } from '../route.ts';
import { bilingualSchema } from '../schemas.ts';

const codeSchema = z
  .string()
  .max(32)
  .regex(/^[a-z0-9][a-z0-9-]{1,31}$/);
const publicSchema = z.object({ code: z.string(), name: bilingualSchema, colour: z.string() });
const ownSchema = publicSchema.extend({ host: z.string().nullable() });
const nameSchema = z.string().trim().min(1).max(60);

export const storefrontRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/storefronts/:code',
    permission: 'public',
    summary: 'The public face of a seller; the site then keeps the code in cookie kboss_storefront',
    params: z.object({ code: codeSchema }),
    response: publicSchema,
    errors: ['NOT_FOUND'],
    async handler(context) {
      const { code } = context.params;
      const found = await context.services.database.inPublic((em) => em.findOne(StorefrontEntity, { code }));
      if (!found) throw new BusinessError('NOT_FOUND');
      return viewOf(found);
    },
  }),
  route({
    method: 'get',
    path: '/storefront',
    permission: 'storefront.manage',
    summary: 'One’s own storefront',
    response: ownSchema.nullable(),
    async handler(context) {
      const { organisationId } = context.session;
      const found = await context.run((em) => em.findOne(StorefrontEntity, { organisationId }));
      return found && viewOf(found);
    },
  }),
  route({
    method: 'put',
    path: '/storefront',
    permission: 'storefront.manage',
    summary: 'Set up one’s own storefront: code of its address, host name, names and colour',
    body: z.object({
      code: codeSchema,
      host: z
        .string()
        .max(253)
        .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/)
        .nullable(),
      name: z.strictObject({ zh: nameSchema, en: nameSchema }),
      colour: z.string().regex(/^#[0-9a-f]{6}$/),
    }),
    response: ownSchema,
    errors: ['NAME_TAKEN'],
    handler: (context) =>
      context.run(async (em) => {
        const { organisationId } = context.session;
        const { code, host, name, colour } = context.body;
        const others = { organisationId: { $ne: organisationId } };
        if (await em.count(StorefrontEntity, { code, ...others })) {
          throw fieldError('code', 'NAME_TAKEN', { name: code });
        }
        if (host && (await em.count(StorefrontEntity, { host, ...others }))) {
          throw fieldError('host', 'NAME_TAKEN', { name: host });
        }
        const before = await em.findOne(StorefrontEntity, { organisationId });
        const values = { organisationId, code, host, nameZh: name.zh, nameEn: name.en, colour };
        const stored = before
          ? { before: viewOf(before), row: em.assign(before, values) }
          : { before: undefined, row: em.create(StorefrontEntity, values) };
        await em.flush();
        const after = viewOf(stored.row);
        await audit(em, context, {
          action: 'storefront.changed',
          subjectType: 'storefront',
          subjectId: organisationId,
          ...(stored.before ? { before: stored.before } : {}),
          after,
        });
        return after;
      }),
  }),
];

function viewOf(row: {
  code: string;
  host: string | null;
  nameZh: string;
  nameEn: string;
  colour: string;
}): z.input<typeof ownSchema> {
  return {
    code: row.code,
    host: row.host,
    name: { zh: row.nameZh, en: row.nameEn },
    colour: row.colour,
  };
}
