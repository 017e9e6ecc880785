import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { searchAttributes } from '../../domain/search-attributes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const variables = {
  POSTGRES_PASSWORD: 'one',
  KBOSS_API_PASSWORD: 'two',
  KBOSS_WORKER_PASSWORD: 'three',
  KBOSS_PUBLIC_URL: 'https://kboss.example',
  KBOSS_SECRET_KEYS: `a:${Buffer.alloc(32).toString('base64')}`,
};

interface Service {
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  healthcheck?: object;
  ports?: string[];
  profiles?: string[];
  restart?: string;
  volumes?: string[];
}

function config(env: Record<string, string>, ...profile: string[]) {
  return spawnSync('docker-compose', [...profile, 'config'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
}

function services(...profile: string[]): Record<string, Service> {
  const { stdout, stderr, status } = config(variables, ...profile);
  expect(`${status} ${stderr}`).toBe('0 ');
  return (parse(stdout) as { services: Record<string, Service> }).services;
}

test('the deployment on one host is what Compose 1.29 accepts, the sandbox only where asked for', () => {
  const all = services();
  expect(Object.keys(all).toSorted()).toEqual([
    'api',
    'database',
    'postgres',
    'sandbox',
    'temporal',
    'temporal-namespace',
    'temporal-schema',
    'temporal-ui',
    'worker-drivers',
    'worker-gateways',
    'worker-kboss',
  ]);
  expect(Object.entries(all).filter(([, service]) => service.profiles)).toEqual([
    ['sandbox', expect.objectContaining({ profiles: ['sandbox'] })],
  ]);
});

test('everything that stays up has a health check and restarts', () => {
  for (const [name, service] of Object.entries(services('--profile', 'sandbox'))) {
    if (service.restart === 'on-failure') continue;
    expect([name, service.restart, typeof service.healthcheck]).toEqual([name, 'unless-stopped', 'object']);
  }
});

test('parts start after what they need: servers, schemas, namespace, database', () => {
  const all = services();
  for (const name of ['api', 'worker-kboss', 'worker-drivers', 'worker-gateways']) {
    expect(all[name]!.depends_on).toEqual({
      database: { condition: 'service_completed_successfully' },
      'temporal-namespace': { condition: 'service_completed_successfully' },
    });
  }
  expect(all.temporal!.depends_on).toEqual({
    'temporal-schema': { condition: 'service_completed_successfully' },
  });
});

test('the data lies in a named volume at the place where version 18 keeps it', () => {
  expect(services().postgres!.volumes).toEqual(['postgres:/var/lib/postgresql:rw']);
});

test('nothing is published to the network, and no part has the password of another', () => {
  const all = services('--profile', 'sandbox');
  for (const { ports } of Object.values(all))
    for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  expect(all.api!.environment).not.toHaveProperty('DATABASE_WORKER_URL');
  expect(all['worker-kboss']!.environment).not.toHaveProperty('DATABASE_URL');
  for (const [name, { environment }] of Object.entries(all)) {
    if (name !== 'database') expect(environment ?? {}).not.toHaveProperty('DATABASE_ADMIN_URL');
  }
});

test.each(Object.keys(variables))('a missing %s stops it with a sentence that names it', (name) => {
  const { status, stderr } = config({ ...variables, [name]: '' });
  expect(status).not.toBe(0);
  expect(stderr).toContain(`${name} is missing`);
});

test('the namespace is made with the search attributes of the code', () => {
  const script = readFileSync(`${root}/deploy/temporal-namespace.sh`, 'utf8');
  for (const name of Object.keys(searchAttributes)) expect(script).toContain(name);
});
