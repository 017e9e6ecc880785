import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { isPrivateKey, parseSshPublicKey } from '../../domain/identity/ssh-key.ts';
import { SshKeyEntity } from '../../db/identity/entities.ts';
import { audit } from '../audit.ts';
import { fieldError } from '../input.ts';
import { instant } from '../pages.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, idParams, instantSchema, uuidSchema } from '../schemas.ts';

const sshKeySchema = z.object({
  id: uuidSchema,
  name: z.string(),
  type: z.string(),
  fingerprint: z.string().meta({ example: 'SHA256:…' }),
  createdAt: instantSchema,
});

const most = 20;

export const sshKeyRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/ssh-keys',
    permission: 'signed-in',
    summary: 'One’s own SSH public keys',
    response: z.object({ items: z.array(sshKeySchema) }),
    async handler(context) {
      const { userId } = context.session;
      const keys = await context.run((em) =>
        em.find(SshKeyEntity, { userId, removedAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } }),
      );
      return { items: keys.map(viewOf) };
    },
  }),
  route({
    method: 'post',
    path: '/ssh-keys',
    permission: 'signed-in',
    summary: 'Add an SSH public key; resources opened from now on accept it',
    body: z.object({
      name: z.string().trim().max(60).optional(),
      publicKey: z.string().min(1).max(4000),
    }),
    response: sshKeySchema,
    status: 201,
    errors: ['SSH_KEY_NOT_VALID', 'SSH_KEY_IS_PRIVATE', 'SSH_KEY_EXISTS'],
    handler(context) {
      const { body, now, session } = context;
      if (isPrivateKey(body.publicKey)) throw fieldError('publicKey', 'SSH_KEY_IS_PRIVATE');
      const key = parseSshPublicKey(body.publicKey);
      if (!key) throw fieldError('publicKey', 'SSH_KEY_NOT_VALID');
      const fingerprint = `SHA256:${createHash('sha256').update(key.blob).digest('base64').replace(/=+$/, '')}`;
      return context.run(async (em) => {
        const own = await em.find(SshKeyEntity, { userId: session.userId, removedAt: null });
        if (own.some((existing) => existing.fingerprint === fingerprint) || own.length >= most) {
          throw fieldError('publicKey', 'SSH_KEY_EXISTS');
        }
        const added = em.create(SshKeyEntity, {
          userId: session.userId,
          name: body.name || key.comment.slice(0, 60) || key.type,
          publicKey: key.line,
          fingerprint,
          createdAt: now,
        });
        await em.flush();
        await audit(em, context, {
          action: 'ssh-key.added',
          subjectType: 'ssh-key',
          subjectId: added.id,
          after: { name: added.name, fingerprint },
        });
        return viewOf(added);
      });
    },
  }),
  route({
    method: 'delete',
    path: '/ssh-keys/:id',
    permission: 'signed-in',
    summary: 'Remove one of one’s own SSH public keys',
    params: idParams,
    response: emptySchema,
    errors: ['NOT_FOUND'],
    handler: (context) =>
      context.run(async (em) => {
        const { id } = context.params;
        const key = await em.findOne(SshKeyEntity, { id, userId: context.session.userId, removedAt: null });
        if (!key) throw new BusinessError('NOT_FOUND');
        key.removedAt = context.now;
        const { name, fingerprint } = key;
        await audit(em, context, {
          action: 'ssh-key.removed',
          subjectType: 'ssh-key',
          subjectId: id,
          before: { name, fingerprint },
        });
        return {};
      }),
  }),
];

function viewOf(key: {
  id: string;
  name: string;
  publicKey: string;
  fingerprint: string;
  createdAt: Date;
}): z.input<typeof sshKeySchema> {
  const { id, name, publicKey, fingerprint, createdAt } = key;
  return { id, name, type: publicKey.split(' ')[0]!, fingerprint, createdAt: instant(createdAt) };
}
