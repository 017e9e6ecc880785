import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { dependenciesAreCurrent, nodeProgram } from '../install-dependencies.mjs';
import { installCommand, missingPackages, systemPackages } from '../install-packages.ts';
import { findChromium } from '../servers/chromium.ts';
import { findPostgresBinaries } from '../servers/postgres-binaries.ts';
import { isAlive, readRecords } from '../servers/process-table.ts';
import { serverAccount } from '../servers/server-account.ts';
import { slurmInstallCommand, whySlurmCannotRun } from '../servers/slurm/packages.ts';
import { findTemporal, temporalVersion } from '../servers/temporal-binary.ts';
import { findTimeSkippingServer } from '../servers/time-skipping.ts';
import { runningAddresses } from '../start/running.ts';
import { root, stateDirectory } from '../start/state-directory.ts';
import { webIsOutdated } from '../start/web-build.ts';

export interface Finding {
  /** `missing` costs a part of the product or of the tests, `broken` keeps it from starting. */
  state: 'found' | 'missing' | 'broken';
  what: string;
  detail: string;
  help?: string;
}

/** Looks at everything that `npm start` and `npm test` need; changes nothing. */
export function findings(): Finding[] {
  const state = stateDirectory();
  return [
    node(),
    dependencies(),
    sshCrypto(),
    postgres(state),
    temporal(),
    slurm(),
    fence(),
    site(),
    ...running(state),
    timeSkipping(),
    chromium(),
    packagesForTests(),
  ];
}

function node(): Finding {
  const own = nodeProgram(root);
  return { state: 'found', what: 'Node', detail: `${process.version} at ${own}` };
}

function dependencies(): Finding {
  if (dependenciesAreCurrent(root))
    return { state: 'found', what: 'dependencies', detail: 'as in the lock file' };
  return {
    state: 'missing',
    what: 'dependencies',
    detail: 'not as in the lock file',
    help: 'npm ci (npm start does it)',
  };
}

function sshCrypto(): Finding {
  const what = 'fast SSH encryption';
  try {
    createRequire(import.meta.url)(
      join(root, 'node_modules/ssh2/lib/protocol/crypto/build/Release/sshcrypto.node'),
    );
    return { state: 'found', what, detail: 'compiled for this Node' };
  } catch {
    const help = `npm_config_nodedir=node_modules/node-${process.platform}-${process.arch} npm rebuild ssh2`;
    return {
      state: 'missing',
      what,
      detail: 'JavaScript instead, about a tenth as fast',
      help: `${help} (needs g++, make, python3)`,
    };
  }
}

function postgres(state: string): Finding {
  const what = 'PostgreSQL 18';
  const named = process.env.DATABASE_ADMIN_URL;
  if (named) return { state: 'found', what, detail: `DATABASE_ADMIN_URL, ${new URL(named).host}` };
  try {
    return { state: 'found', what, detail: findPostgresBinaries(join(state, 'postgres'), serverAccount()) };
  } catch (error) {
    return { state: 'broken', what, detail: 'not found', help: (error as Error).message };
  }
}

function temporal(): Finding {
  const what = 'Temporal server';
  const named = process.env.TEMPORAL_ADDRESS;
  if (named) return { state: 'found', what, detail: `TEMPORAL_ADDRESS, ${named}` };
  const program = findTemporal();
  if (program) return { state: 'found', what, detail: program };
  if (spawnSync('go', ['version']).status === 0) {
    const detail = `will be built once from Go modules (v${temporalVersion}, about three minutes)`;
    return { state: 'missing', what, detail };
  }
  const help =
    'put `temporal` on PATH (https://docs.temporal.io/cli), or install Go 1.25, or set TEMPORAL_ADDRESS';
  return { state: 'broken', what, detail: 'neither found nor buildable', help };
}

function slurm(): Finding {
  const reason = whySlurmCannotRun();
  if (!reason) return { state: 'found', what: 'Slurm demo clusters', detail: 'all programs are there' };
  return {
    state: 'missing',
    what: 'Slurm demo clusters',
    detail: `${reason}; their pools are shown as 未纳管`,
    help: `as root: ${slurmInstallCommand}; an existing cluster: docs/operate.md`,
  };
}

/** The demo customer has a shell on this machine: what keeps it from our own ports and users. */
function fence(): Finding {
  const what = 'fence around the clusters';
  const outcome = spawnSync('unshare', ['--net', '--mount', 'true'], { encoding: 'utf8' });
  if (outcome.status === 0)
    return { state: 'found', what, detail: 'network and mount namespaces are permitted' };
  const detail =
    'no namespaces here: a demo customer with a shell reaches our ports (each asks for a password)';
  return {
    state: 'missing',
    what,
    detail,
    help: 'run as root with CAP_SYS_ADMIN, or do not start the clusters',
  };
}

function site(): Finding {
  const outdated = webIsOutdated();
  return { state: 'found', what: 'web site', detail: outdated ? 'npm start will build it' : 'built' };
}

function running(state: string): Finding[] {
  const alive = readRecords(join(state, 'run')).filter(isAlive);
  const names = alive.map(({ name, pid }) => `${name} ${pid}`).join(', ');
  const all: Finding[] = [
    { state: 'found', what: 'state', detail: state },
    { state: 'found', what: 'running now', detail: names || 'nothing' },
  ];
  const address = runningAddresses()?.site;
  if (address) all.push({ state: 'found', what: 'site', detail: address });
  return all;
}

function timeSkipping(): Finding {
  const what = 'time-skipping test server';
  const program = findTimeSkippingServer();
  if (program) return { state: 'found', what, detail: program };
  return {
    state: 'missing',
    what,
    detail: 'npm test fetches it once through Maven',
    help: 'needs java and mvn',
  };
}

function chromium(): Finding {
  const program = findChromium();
  if (program) return { state: 'found', what: 'Chromium', detail: program };
  return {
    state: 'missing',
    what: 'Chromium',
    detail: 'browser journeys cannot run',
    help: installCommand(['chromium']),
  };
}

function packagesForTests(): Finding {
  const what = 'packages for the tests';
  if (!existsSync('/etc/debian_version')) {
    return { state: 'missing', what, detail: 'not Debian or Ubuntu: install their like by hand' };
  }
  const missing = missingPackages(systemPackages.tests);
  if (missing.length === 0) return { state: 'found', what, detail: 'all installed' };
  return { state: 'missing', what, detail: missing.join(', '), help: `as root: ${installCommand(missing)}` };
}
