import { permissions, type Permission } from '../../../../domain/identity/permissions.ts';
import { Problem } from '#lib/api/problem.ts';
import type { SessionAnswer } from '#lib/services/session.ts';
import { say } from './bilingual.ts';

/** Whether the session holds a permission: what it may not do is not offered (the api refuses it anyway). */
export function can(session: SessionAnswer, permission: Permission): boolean {
  return session.permissions.includes(permission);
}

/** Stops a page that needs a permission. @throws Problem FORBIDDEN, shown as the page that says why */
export function need(session: SessionAnswer, permission: Permission): void {
  if (can(session, permission)) return;
  const name = say(permissions[permission]);
  throw new Problem(
    { status: 403, code: 'FORBIDDEN', message: name, details: { permission: name } },
    403,
    '',
  );
}
