// What must be true before any TypeScript of ours can run. No dependencies; runs under Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const wanted = [22, 19];

/** The Node that the lock file installs, else the running one. */
export function nodeProgram(root) {
  const own = join(root, 'node_modules', '.bin', 'node');
  return existsSync(own) && isNewEnough(versionOf(own)) ? own : process.execPath;
}

/**
 * Runs `npm ci` when the installed packages are not those of the lock file. `run` starts a program and
 * resolves to { code }. False when the packages could not be installed.
 */
export async function installDependencies(root, run) {
  if (!dependenciesAreCurrent(root)) {
    const began = Date.now();
    const seconds = () => Math.round((Date.now() - began) / 1000);
    console.log('installing dependencies from the lock file (about a minute)');
    const progress = setInterval(() => console.log(`  still installing (${seconds()} s)`), 10_000);
    const [program, first] = npmCommand();
    const { code } = await run(
      program,
      [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=optional', '--include=dev'],
      { stdio: ['ignore', 'inherit', 'inherit'], env: withoutNpmSettings() },
    );
    clearInterval(progress);
    if (code !== 0) {
      console.error('npm ci failed; its message is above.');
      return false;
    }
    console.log(`dependencies installed (${seconds()} s)`);
  }
  if (!isNewEnough(versionOf(nodeProgram(root)))) {
    console.error(
      `Node ${wanted.join('.')} or newer is needed and the lock file brings none for ` +
        `${process.platform}-${process.arch}: install one and run again (found ${process.version}).`,
    );
    return false;
  }
  await rebuildCrypto(root, run);
  return true;
}

/** Whether every package of the lock file is there in its version; optional ones may be for other machines. */
export function dependenciesAreCurrent(root) {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  let wantedPackages;
  let found;
  try {
    wantedPackages = read('package-lock.json');
    found = read('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  return Object.entries(wantedPackages).every(([path, { version, optional, link, peer }]) => {
    if (path === '' || link || !path.startsWith('node_modules/')) return true;
    if (found[path]) return found[path].version === version;
    return Boolean(optional || peer);
  });
}

/**
 * ssh2's crypto is compiled during the installation for npm's Node, and silently replaced by JavaScript a
 * tenth as fast under ours. Built again where a compiler is there; otherwise the slow one does.
 */
async function rebuildCrypto(root, run) {
  const node = nodeProgram(root);
  const headers = join(root, 'node_modules', `node-${process.platform}-${process.arch}`);
  const addon = join(root, 'node_modules/ssh2/lib/protocol/crypto/build/Release/sshcrypto.node');
  if (!existsSync(join(headers, 'include')) || !existsSync(addon)) return;
  const loads = () =>
    spawnSync(node, ['-e', 'require(process.argv[1])', addon], { stdio: 'ignore' }).status === 0;
  const triedBefore = join(root, 'node_modules', '.crypto-rebuild-tried');
  if (existsSync(triedBefore) || loads()) return;
  writeFileSync(triedBefore, '');
  const began = Date.now();
  const [program, first] = npmCommand();
  await run(program, [...first, 'rebuild', 'ssh2', 'cpu-features', '--loglevel=silent'], {
    stdio: 'ignore',
    env: { ...withoutNpmSettings(), npm_config_nodedir: headers },
  });
  const said = loads() ? 'built for this Node' : 'could not be built, transfers over SSH will be slower';
  console.log(`fast SSH encryption ${said} (${Math.round((Date.now() - began) / 1000)} s)`);
}

function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
}

/** An outer npm hands its own settings down in the environment; ours must not inherit its command. */
function withoutNpmSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(command|lifecycle)/.test(name)),
  );
}

function versionOf(program) {
  const said = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return said.replace(/^v/, '').split('.').map(Number);
}

function isNewEnough([major = 0, minor = 0]) {
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}
