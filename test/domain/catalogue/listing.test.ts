import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { errorMessage } from '../../../domain/errors.ts';
import { catalogueErrors } from '../../../domain/catalogue.errors.ts';
import { isEditable, listingActions, listingStates, moveListing } from '../../../domain/catalogue/listing.ts';
import type { ListingAction } from '../../../domain/catalogue/listing.ts';
import { permissions } from '../../../domain/identity/permissions.ts';
import { mayMove, statesOf } from '../../../domain/states.ts';

const actions = Object.keys(listingActions) as ListingAction[];

test('every action follows the table, and every move of the table has an action', () => {
  const moves = actions.map((action) => listingActions[action]);
  for (const { from, to, permission } of moves) {
    expect(mayMove(listingStates, from, to)).toBe(true);
    expect(Object.keys(permissions)).toContain(permission);
  }
  for (const from of statesOf(listingStates)) {
    for (const to of listingStates[from]) expect(moves).toContainEqual(expect.objectContaining({ from, to }));
  }
});

test('an action works only where it starts', () => {
  for (const action of actions) {
    for (const state of statesOf(listingStates)) {
      const { from, to } = listingActions[action];
      if (state === from) expect(moveListing(state, action)).toBe(to);
      else expect(() => moveListing(state, action)).toThrow('LISTING_MOVE_NOT_ALLOWED');
    }
  }
});

test('whatever people try, nothing reaches the shelf for the first time without an approval', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 30 }), (tried) => {
      let state: ReturnType<typeof moveListing> = 'draft';
      let isApproved = false;
      for (const action of tried) {
        try {
          state = moveListing(state, action);
        } catch {
          continue;
        }
        if (state === 'draft') isApproved = false;
        if (action === 'approve') isApproved = true;
        if (state === 'on-shelf') expect(isApproved).toBe(true);
      }
    }),
  );
});

test('what is in review or on sale is not edited under the eyes of reviewer and customer', () => {
  expect(statesOf(listingStates).filter(isEditable)).toEqual(['draft']);
});

test('every refusal has a text in both languages', () => {
  const details = {
    key: 'x',
    zh: '名',
    en: 'name',
    filter: 'f',
    sort: 's',
    quantity: '1',
    minimum: '1',
    maximum: '2',
    step: '1',
    months: 1,
    offered: '1',
    code: 'c',
  };
  for (const code of Object.keys(catalogueErrors) as (keyof typeof catalogueErrors)[]) {
    expect(errorMessage(code, 'zh', details)).toMatch(/：请|：分销商/);
    expect(errorMessage(code, 'en', details)).not.toMatch(/[{}]/);
  }
});
