import {
  permissionTable,
  rolesOfKind,
  type OrganisationKind,
  type Permission,
} from '../../domain/identity/permissions.ts';
import type { AnyRoute, JsonRoute, StreamRoute } from '../../api/route.ts';
import { routes } from '../../api/routes.ts';
import { sampleOf, shapeOf } from './inputs.ts';

export type CheckedRoute = JsonRoute | StreamRoute;

/** Every route with a permission, by its name `METHOD /path`; providers' callbacks verify signatures instead. */
export const checkedRoutes: readonly CheckedRoute[] = (routes as readonly AnyRoute[]).filter(
  (declared) => declared.kind !== 'callback',
);

export const nameOf = (declared: CheckedRoute): string => `${declared.method.toUpperCase()} ${declared.path}`;

/** Every role of every kind of organisation. */
export const everyRole: readonly {
  kind: OrganisationKind;
  role: string;
  granted: ReadonlySet<Permission>;
}[] = Object.entries(rolesOfKind).flatMap(([kind, roles]) =>
  roles.map((role) => ({
    kind: kind as OrganisationKind,
    role,
    granted: new Set(permissionTable[kind as OrganisationKind][role] ?? []),
  })),
);

/** The path with a value for each parameter. */
export function pathOf(declared: CheckedRoute, valueOf: (name: string) => string): string {
  return declared.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(valueOf(name)));
}

/** A call of a route with inputs that fit its schemas. */
export function sampleCall(
  declared: CheckedRoute,
  id?: () => string,
): { params: Record<string, string>; query: string; body: unknown } {
  const sample = (schema: Parameters<typeof shapeOf>[0] | undefined): unknown =>
    schema ? sampleOf(shapeOf(schema), id) : undefined;
  const json = declared.kind === 'json' ? declared : undefined;
  const shape = declared.query ? shapeOf(declared.query) : undefined;
  const needed = Object.entries(shape?.properties ?? {}).filter(([name, inner]) => {
    return shape?.required?.includes(name) && !('default' in inner);
  });
  const query = new URLSearchParams(
    needed.map(([name, inner]): [string, string] => [name, String(sampleOf(inner, id))]),
  ).toString();
  return {
    params: (sample(json?.params) ?? {}) as Record<string, string>,
    query: query && `?${query}`,
    body: sample(json?.body),
  };
}
