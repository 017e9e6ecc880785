import { m } from '#lib/paraglide/messages.js';
import type { Department } from '#lib/services/departments.ts';

/** Departments in the order of their tree, each with its depth. */
export function departmentTree(departments: readonly Department[]): (Department & { depth: number })[] {
  const below = (parentId: string | null, depth: number): (Department & { depth: number })[] =>
    departments
      .filter((department) => department.parentId === parentId)
      .flatMap((department) => [{ ...department, depth }, ...below(department.id, depth + 1)]);
  const tree = below(null, 0);
  const shown = new Set(tree.map(({ id }) => id));
  // A department whose parent is closed stands at the top.
  return [...tree, ...departments.filter(({ id }) => !shown.has(id)).map((each) => ({ ...each, depth: 0 }))];
}

/** Departments for a select, nobody's first. */
export const departmentOptions = (departments: readonly Department[]): { value: string; label: string }[] => [
  { value: '', label: m.none() },
  ...departmentTree(departments).map(({ id, name, depth }) => ({
    value: id,
    label: `${'　'.repeat(depth)}${name}`,
  })),
];

/** Members for a select, nobody first. */
export const memberOptions = (
  members: readonly { userId: string; name: string }[],
): { value: string; label: string }[] => [
  { value: '', label: m.none() },
  ...members.map(({ userId, name }) => ({ value: userId, label: name })),
];
