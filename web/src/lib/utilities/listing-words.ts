import { isEditable, listingActions, type ListingAction } from '../../../../domain/catalogue/listing.ts';
import { m } from '#lib/paraglide/messages.js';

export { isEditable };

const words: Record<ListingAction, { verb: () => string; text: () => string; done: () => string }> = {
  submit: { verb: m.listing_submit, text: m.listing_submit_text, done: m.listing_submit_done },
  withdraw: { verb: m.listing_withdraw, text: m.listing_withdraw_text, done: m.listing_withdraw_done },
  approve: { verb: m.listing_approve, text: m.listing_approve_text, done: m.listing_approve_done },
  reject: { verb: m.listing_reject, text: m.listing_reject_text, done: m.listing_reject_done },
  'take-off': { verb: m.listing_take_off, text: m.listing_take_off_text, done: m.listing_take_off_done },
  'put-back': { verb: m.listing_put_back, text: m.listing_put_back_text, done: m.listing_put_back_done },
  revise: { verb: m.listing_revise, text: m.listing_revise_text, done: m.listing_revise_done },
};

/** The verb on the button, what it does, and what is said once it is done. */
export function listingText(action: ListingAction): { verb: string; text: string; done: string } {
  const { verb, text, done } = words[action];
  return { verb: verb(), text: text(), done: done() };
}

export const isListingAction = (action: string): action is ListingAction => action in listingActions;

/** One primary button a view. */
export const isMainAction = (action: ListingAction): boolean =>
  action === 'submit' || action === 'approve' || action === 'put-back';
