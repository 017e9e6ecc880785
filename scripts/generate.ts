import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { openApiDocument } from '../api/openapi.ts';
import { routes } from '../api/routes.ts';

/** `npm run generate`: writes the contract and the site's client types from the route table. */
const contract = fileURLToPath(new URL('../api/openapi.json', import.meta.url));
const clientTypes = fileURLToPath(new URL('../web/src/lib/api/schema.d.ts', import.meta.url));

const document = openApiDocument(routes);
await writeFile(contract, `${JSON.stringify(document, null, 2)}\n`);
const types = astToString(await openapiTypescript(document as Parameters<typeof openapiTypescript>[0]));
await writeFile(
  clientTypes,
  await format(types, { ...(await resolveConfig(clientTypes)), parser: 'typescript' }),
);
