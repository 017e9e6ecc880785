/** A guarded state table: for each state the states it may move to. An illegal move is an error, never silent. */
export type StateTable<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Thrown when code attempts a move that the table does not allow: a defect, not a refusal to the user. */
export class IllegalTransition extends Error {
  constructor(thing: string, from: string, to: string) {
    super(`${thing} cannot go from ${from} to ${to}`);
    this.name = 'IllegalTransition';
  }
}

/** Whether a thing in state `from` may move to `to`. */
export function mayMove<S extends string>(table: StateTable<S>, from: S, to: S): boolean {
  return table[from].includes(to);
}

/** Throws IllegalTransition unless the move is allowed. `thing` names it in the message. */
export function assertMove<S extends string>(thing: string, table: StateTable<S>, from: S, to: S): void {
  if (!mayMove(table, from, to)) throw new IllegalTransition(thing, from, to);
}

/** The states of a table, in the order they are written. */
export function statesOf<S extends string>(table: StateTable<S>): S[] {
  return Object.keys(table) as S[];
}
