// `npm start` and `npm test` (its first argument names the script). Plain JavaScript without dependencies,
// because it runs before anything is installed and under whatever Node the machine carries (20 or newer). It
// installs what the lock file says, then hands over to scripts/NAME.ts under the Node that was installed, passes
// signals on and ends with its outcome.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, nodeProgram } from './install-dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const parent = process.ppid;
const [name = 'start', ...more] = process.argv.slice(2);
let child;
let stopping = false;
let lastSignal = 0;

// The terminal may be gone before we are; there is nobody to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
// npm may be killed without telling us: our parent is then somebody else.
setInterval(() => process.ppid !== parent && !stopping && stop('SIGTERM'), 250).unref();

/** Ctrl-C reaches us twice at once (from the terminal and through npm): that is one wish, not two. */
function stop(signal) {
  if (Date.now() - lastSignal < 300) return;
  lastSignal = Date.now();
  stopping = true;
  child?.kill(signal);
}

const run = (command, args, options) =>
  new Promise((resolve) => {
    child = spawn(command, args, { cwd: root, ...options });
    child.once('error', (error) => resolve({ code: 1, error }));
    child.once('exit', (code, signal) => resolve({ code: code ?? 1, signal }));
  });

const installed = await installDependencies(root, run);
if (stopping) process.exit(130);
if (!installed) process.exit(1);
const outcome = await run(
  nodeProgram(root),
  ['--disable-warning=ExperimentalWarning', `scripts/${name}.ts`, ...more],
  // A group of its own, so that the terminal's Ctrl-C comes through us only; the channel tells it of our death.
  { detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);
if (outcome.error) console.error(outcome.error.message);
process.exit(outcome.code);
