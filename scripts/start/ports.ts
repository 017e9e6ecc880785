import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { portNear } from '../servers/ports.ts';
import { say } from './report.ts';

/** Ports that people see. They stay the same from start to start as long as nobody else takes them. */
export interface Ports {
  site: number;
  temporalUi: number;
  sandbox: number;
}

const usual: Ports = { site: 8080, temporalUi: 8233, sandbox: 8090 };

/** The ports of the last start, else the usual ones; one that is taken is replaced, and that is said. */
export async function choosePorts(state: string, host: string, wishedSite?: number): Promise<Ports> {
  const file = join(state, 'ports.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Ports>) : {};
  const wished = { ...usual, ...known, ...(wishedSite ? { site: wishedSite } : {}) };
  const ports = { ...usual };
  for (const name of ['site', 'temporalUi', 'sandbox'] as const) {
    const { port, replaced } = await portNear(wished[name], name === 'site' ? host : '127.0.0.1');
    if (replaced) say(`port ${wished[name]} is taken, ${names[name]} uses ${port} instead`);
    ports[name] = port;
  }
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

const names = { site: 'the site', temporalUi: 'the Temporal UI', sandbox: 'the sandbox' };
