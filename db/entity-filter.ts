/** For whom an EntityManager works; set once a transaction beside the database's own settings. */
export interface FilterActor {
  /** The acting organisation; null acts for nobody and finds nothing. */
  organisationId: string | null;
  /** Scopes that see all rows, where row level security decides alone. */
  all: boolean;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * The filter of an entity's queries by the properties that name its parties: the second fence, in front of row level
 * security. Give it to `defineEntity` as `filters`.
 */
export function partyFilter(...parties: [string, ...string[]]) {
  return {
    organisation: {
      name: 'organisation',
      default: true,
      cond: ({ organisationId, all }: FilterActor): Record<string, unknown> =>
        all ? {} : { $or: parties.map((party) => ({ [party]: organisationId ?? nobody })) },
    },
  };
}
