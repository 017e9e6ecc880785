import { BusinessError } from '../errors.ts';
import { mayMove } from '../states.ts';
import type { StateTable } from '../states.ts';

export type ListingState = 'draft' | 'in-review' | 'on-shelf' | 'off-shelf';

/** A product is looked at by a second person before customers see it, and again after it was taken off and changed. */
export const listingStates: StateTable<ListingState> = {
  draft: ['in-review'],
  'in-review': ['on-shelf', 'draft'],
  'on-shelf': ['off-shelf'],
  'off-shelf': ['on-shelf', 'draft'],
};

/** What people do to a listing: where it starts, where it ends, and who may. */
export const listingActions = {
  submit: { from: 'draft', to: 'in-review', permission: 'product.edit' },
  withdraw: { from: 'in-review', to: 'draft', permission: 'product.edit' },
  approve: { from: 'in-review', to: 'on-shelf', permission: 'product.review' },
  reject: { from: 'in-review', to: 'draft', permission: 'product.review' },
  'take-off': { from: 'on-shelf', to: 'off-shelf', permission: 'product.review' },
  'put-back': { from: 'off-shelf', to: 'on-shelf', permission: 'product.review' },
  revise: { from: 'off-shelf', to: 'draft', permission: 'product.edit' },
} as const satisfies Record<string, { from: ListingState; to: ListingState; permission: string }>;

export type ListingAction = keyof typeof listingActions;

/**
 * The state after an action.
 * @throws BusinessError LISTING_MOVE_NOT_ALLOWED when the listing is not where the action starts
 */
export function moveListing(state: ListingState, action: ListingAction): ListingState {
  const { from, to } = listingActions[action];
  if (from !== state || !mayMove(listingStates, from, to)) {
    throw new BusinessError('LISTING_MOVE_NOT_ALLOWED', { state, action });
  }
  return to;
}

/**
 * Products and plans are changed as drafts only, so that nothing reaches the shelf that no reviewer saw; prices have
 * versions of their own.
 */
export function isEditable(state: ListingState): boolean {
  return state === 'draft';
}
