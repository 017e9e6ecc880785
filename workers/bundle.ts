import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'kboss');
const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };

/**
 * The bundle of all workflows: built once for each content of `workflows/` and `domain/` and each version of the
 * SDK, kept beside the installed packages; built in memory where that directory cannot be written.
 */
export async function workflowBundle(): Promise<WorkflowBundle | { codePath: string }> {
  const file = join(cache, `workflows-${await contentHash()}.js`);
  const isBuilt = await stat(file).then(
    () => true,
    () => false,
  );
  if (isBuilt) return { codePath: file };
  const bundle = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error },
  });
  try {
    await mkdir(cache, { recursive: true });
    await writeFile(`${file}.${process.pid}`, bundle.code);
    await rename(`${file}.${process.pid}`, file);
  } catch {
    return bundle;
  }
  return { codePath: file };
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256').update(version);
  for (const folder of ['workflows', 'domain']) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.ts')).sort()) {
      hash.update(`\n${folder}/${name}\n`).update(await readFile(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 20);
}
