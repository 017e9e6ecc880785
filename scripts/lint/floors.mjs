import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Who may import whom, floor by floor, as the architecture says. `types` may be imported as types only;
 * `packages`, where given, are all that a floor may take from outside.
 */
export const floors = {
  domain: { from: [], packages: [] },
  workflows: {
    from: ['domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: { from: ['domain', 'db'] },
  db: { from: ['domain'] },
  api: { from: ['domain', 'db'] },
  workers: { from: ['domain', 'db', 'activities', 'workflows'] },
  web: { from: ['domain'] },
};

/** ESLint rule: reports an import that goes to a floor or package which the importing floor may not know. */
export const floorRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      floor: '{{from}}/ may not import {{to}}/ (README.md has the map of floors).',
      typesOnly: '{{from}}/ may import types of {{to}}/ only: use `import type`.',
      package: '{{from}}/ may not import the package {{to}}.',
    },
  },
  create(context) {
    const root = context.cwd;
    const floorOf = (path) => relative(root, path).split(sep)[0] ?? '';
    const from = floorOf(context.filename);
    const allowed = floors[from];
    if (!allowed) return {};

    function check(node, isTypeOnly) {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      if (!source.startsWith('.')) {
        const isKnown =
          allowed.packages?.some((name) => source === name || source.startsWith(`${name}/`)) ?? true;
        if (!isKnown) context.report({ node, messageId: 'package', data: { from, to: source } });
        return;
      }
      const to = floorOf(resolve(dirname(context.filename), source));
      if (to === from || allowed.from.includes(to)) return;
      // Not a floor but a file beside them, such as the generated contract.
      if (!(to in floors) && to !== 'test' && to !== 'scripts') return;
      if (allowed.types?.includes(to)) {
        if (!isTypeOnly) context.report({ node, messageId: 'typesOnly', data: { from, to } });
        return;
      }
      context.report({ node, messageId: 'floor', data: { from, to } });
    }

    return {
      ImportDeclaration: (node) => check(node, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, false),
      TSImportType: (node) => check({ ...node, source: node.source ?? node.argument?.literal }, true),
    };
  },
};
