import { areaOfKind } from '../../../../domain/identity/menu.ts';
import type { SessionAnswer } from '#lib/services/session.ts';

export { areaOfKind };

/** The first path segment of the pages of the organisation that is acted for. */
export function areaOf(session: SessionAnswer): string {
  return session.organisation ? areaOfKind[session.organisation.kind] : '/';
}
