import { m } from '#lib/paraglide/messages.js';
import type { Invitation } from '#lib/services/invitations.ts';
import type { Tone } from './states.ts';

/** Whether a code still opens accounts, in words. */
export function invitationState(
  { validTo, maxUses, uses }: Pick<Invitation, 'validTo' | 'maxUses' | 'uses'>,
  now: Date,
): { tone: Tone; label: string; isUsable: boolean } {
  if (validTo !== null && new Date(validTo) <= now) {
    return { tone: 'quiet', label: m.invitation_state_ended(), isUsable: false };
  }
  if (maxUses !== null && uses >= maxUses) {
    return { tone: 'quiet', label: m.invitation_state_used_up(), isUsable: false };
  }
  return { tone: 'good', label: m.invitation_state_usable(), isUsable: true };
}
