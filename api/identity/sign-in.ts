import { z } from 'zod';
import { BusinessError } from '../../domain/errors.ts';
import { endSessions } from '../../db/identity/sessions.ts';
import { audit } from '../audit.ts';
import { route, type AnyRoute } from '../route.ts';
import { emptySchema, uuidSchema } from '../schemas.ts';
import { proveByCode, tryPassword } from './attempts.ts';
import { clearSessionCookie } from './cookies.ts';
import { enter } from './enter.ts';
import { passwordSchema, phoneSchema, smsCodeFields } from './schemas.ts';
import { sessionViewSchema, viewOfSession } from './session-view.ts';

export const signInRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/session',
    permission: 'public',
    summary: 'Who is signed in, where they act, their menu, and whose storefront it is',
    response: sessionViewSchema,
    handler: (context) => viewOfSession(context, context.session, context.sellerId),
  }),
  route({
    method: 'post',
    path: '/sign-in/password',
    permission: 'public',
    summary: 'Sign in by phone number and password',
    body: z.object({ phone: phoneSchema, password: passwordSchema }),
    response: sessionViewSchema,
    errors: ['SIGN_IN_FAILED', 'SIGN_IN_LOCKED', 'NO_ORGANISATION'],
    async handler(context, http) {
      const user = await tryPassword(context, context.body.phone, context.body.password);
      if (!user) throw new BusinessError('SIGN_IN_FAILED');
      return enter(context, http, { userId: user.id, action: 'sign-in.password' });
    },
  }),
  route({
    method: 'post',
    path: '/sign-in/code',
    permission: 'public',
    summary: 'Sign in by phone number and SMS code',
    body: z.object({ phone: phoneSchema, ...smsCodeFields }),
    response: sessionViewSchema,
    errors: ['CODE_NOT_VALID', 'NO_ORGANISATION'],
    async handler(context, http) {
      const user = await proveByCode(context, 'sign-in', context.body);
      if (user?.state !== 'active') throw new BusinessError('CODE_NOT_VALID');
      return enter(context, http, { userId: user.id, action: 'sign-in.code' });
    },
  }),
  route({
    method: 'post',
    path: '/sign-out',
    permission: 'signed-in',
    summary: 'End this session',
    response: emptySchema,
    async handler(context, { response }) {
      const { id, userId } = context.session;
      await context.services.database.inScope('identity', (em) =>
        endSessions(em, userId, context.now, { only: id }),
      );
      await context.run((em) =>
        audit(em, context, { action: 'sign-out', subjectType: 'session', subjectId: id }),
      );
      clearSessionCookie(response, context.services.configuration);
      return {};
    },
  }),
  route({
    method: 'post',
    path: '/session/organisation',
    permission: 'signed-in',
    summary: 'Act in another of one’s organisations; the session is replaced',
    body: z.object({ organisationId: uuidSchema }),
    response: sessionViewSchema,
    errors: ['NOT_FOUND'],
    handler: (context, http) =>
      enter(context, http, {
        userId: context.session.userId,
        organisationId: context.body.organisationId,
        action: 'organisation.entered',
        expiresAt: context.session.expiresAt,
      }),
  }),
];
