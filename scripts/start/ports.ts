import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdPort, type HeldPort } from '../servers/ports.ts';
import { say } from './report.ts';

/** Ports that people see. They stay the same from start to start as long as nobody else takes them. */
export type Ports = Record<'site' | 'temporalUi' | 'sandbox', HeldPort>;

const usual = { site: 8080, temporalUi: 8233, sandbox: 8090 };
const names = { site: 'the site', temporalUi: 'the Temporal UI', sandbox: 'the sandbox' };

/**
 * The ports of the last start, else the usual ones; one that is taken is replaced, and that is said. Each is held
 * until its user starts, since another start may be looking for ports at the same time.
 */
export async function choosePorts(state: string, host: string, wishedSite?: number): Promise<Ports> {
  const file = join(state, 'ports.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<typeof usual>) : {};
  const wished = { ...usual, ...known, ...(wishedSite ? { site: wishedSite } : {}) };
  const choose = async (name: keyof Ports, address: string): Promise<HeldPort> => {
    const held = await holdPort(wished[name], address);
    if (held.replaced) say(`port ${wished[name]} is taken, ${names[name]} uses ${held.port} instead`);
    return held;
  };
  const ports: Ports = {
    site: await choose('site', host),
    temporalUi: await choose('temporalUi', '127.0.0.1'),
    sandbox: await choose('sandbox', '127.0.0.1'),
  };
  const { site, temporalUi, sandbox } = ports;
  writeFileSync(
    file,
    JSON.stringify({ site: site.port, temporalUi: temporalUi.port, sandbox: sandbox.port }),
  );
  return ports;
}
