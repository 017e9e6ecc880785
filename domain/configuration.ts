/** Everything the processes read from the environment; nothing else in the product reads `process.env`. */
export interface Configuration {
  production: boolean;
  /** KBOSS_PORT: where the api and the site listen. */
  port: number;
  /** KBOSS_HOST: the address they bind, loopback unless set. */
  host: string;
  /** KBOSS_PUBLIC_URL: how browsers and payment channels reach us. */
  publicUrl: string;
  /** DATABASE_URL: as role kboss_api. */
  databaseUrl: string;
  /** DATABASE_WORKER_URL: as role kboss_worker. */
  workerDatabaseUrl: string;
  /** DATABASE_ADMIN_URL: who makes roles, database and schema; its path names the database. */
  adminDatabaseUrl: string;
  /** KBOSS_AUDIT_PASSWORD and KBOSS_BACKUP_PASSWORD: given to `migrate`, these roles may sign in. */
  auditPassword: string | undefined;
  backupPassword: string | undefined;
  /** KBOSS_ADMIN_PASSWORD: of the first admin, for `set-up`; made up and printed unless set. */
  adminPassword: string | undefined;
  temporalAddress: string;
  temporalNamespace: string;
  /** TEMPORAL_UI_URL: shown to operations; may be absent. */
  temporalUiUrl: string | undefined;
  /** KBOSS_SECRET_KEYS: `KEYID:base64-of-32-bytes`, comma separated, the active one first. */
  secretKeys: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** KBOSS_TRUST_PROXY: number of proxies in front of us whose forwarded headers are believed. */
  trustProxy: number;
}

/** Who reads the environment; `set-up` are the commands that write rows of a deployment. */
export type Part = 'api' | 'worker' | 'migrate' | 'set-up';

/** The variables that a part cannot do without, besides those that have a default. */
const needs: Record<Part, readonly string[]> = {
  api: ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'KBOSS_SECRET_KEYS', 'KBOSS_PUBLIC_URL'],
  worker: ['DATABASE_WORKER_URL', 'TEMPORAL_ADDRESS', 'KBOSS_SECRET_KEYS'],
  migrate: ['DATABASE_ADMIN_URL', 'DATABASE_URL', 'DATABASE_WORKER_URL'],
  'set-up': ['DATABASE_WORKER_URL', 'KBOSS_SECRET_KEYS', 'KBOSS_PUBLIC_URL'],
};
const postgres = ['postgres:', 'postgresql:'];

/** A sentence that names the variable at fault; the process prints it and does not start. */
export class ConfigurationError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.name = 'ConfigurationError';
  }
}

/** The key of development and demo, refused in production. */
export const developmentSecretKeys = 'dev:a2Jvc3MtZGV2ZWxvcG1lbnQta2V5LTMyLWJ5dGVzISE=';

const levels = ['debug', 'info', 'warn', 'error'] as const;

/**
 * Reads and checks the environment of a part (the api does not need the workers' database, nor they its).
 * @throws ConfigurationError naming the variable
 */
export function readConfiguration(env: Record<string, string | undefined>, part: Part): Configuration {
  const production = env.NODE_ENV === 'production';
  const isOptional = (variable: string): boolean => !needs[part].includes(variable);
  const database = (variable: string): string => url(variable, env[variable], postgres, isOptional(variable));
  const withDefault = (variable: string, value: string): string | undefined =>
    env[variable] ?? (production || isOptional(variable) ? undefined : value);
  const keys = withDefault('KBOSS_SECRET_KEYS', developmentSecretKeys);
  const configuration: Configuration = {
    production,
    port: port(env.KBOSS_PORT ?? '8080'),
    host: env.KBOSS_HOST ?? '127.0.0.1',
    publicUrl: url(
      'KBOSS_PUBLIC_URL',
      withDefault('KBOSS_PUBLIC_URL', 'http://127.0.0.1:8080'),
      ['http:', 'https:'],
      isOptional('KBOSS_PUBLIC_URL'),
    ),
    databaseUrl: database('DATABASE_URL'),
    workerDatabaseUrl: database('DATABASE_WORKER_URL'),
    adminDatabaseUrl: database('DATABASE_ADMIN_URL'),
    auditPassword: env.KBOSS_AUDIT_PASSWORD || undefined,
    backupPassword: env.KBOSS_BACKUP_PASSWORD || undefined,
    adminPassword: env.KBOSS_ADMIN_PASSWORD || undefined,
    temporalAddress: isOptional('TEMPORAL_ADDRESS') ? '' : address(env.TEMPORAL_ADDRESS),
    temporalNamespace: env.TEMPORAL_NAMESPACE ?? 'kboss',
    temporalUiUrl: env.TEMPORAL_UI_URL,
    secretKeys: isOptional('KBOSS_SECRET_KEYS') ? '' : secretKeys(keys),
    logLevel: oneOf('KBOSS_LOG_LEVEL', env.KBOSS_LOG_LEVEL ?? 'info', levels),
    trustProxy: count('KBOSS_TRUST_PROXY', env.KBOSS_TRUST_PROXY ?? '0'),
  };
  if (production) refuseDevelopment(configuration, part);
  return configuration;
}

function refuseDevelopment(configuration: Configuration, part: Part): void {
  if (configuration.secretKeys.includes(developmentSecretKeys)) {
    throw new ConfigurationError('KBOSS_SECRET_KEYS', 'holds the development key, which production refuses.');
  }
  const isNamed = needs[part].includes('KBOSS_PUBLIC_URL');
  if (isNamed && !configuration.publicUrl.startsWith('https://')) {
    throw new ConfigurationError('KBOSS_PUBLIC_URL', 'must be https:// in production.');
  }
}

/** In production every gateway is https and no sandbox: called for each binding before its first use. */
export function assertGatewayUrl(production: boolean, gateway: string): void {
  if (!production) return;
  const { protocol, hostname } = new URL(gateway);
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  if (protocol !== 'https:' || local || /sandbox|alipaydev/i.test(gateway)) {
    throw new ConfigurationError(
      `Gateway ${gateway}`,
      'is a sandbox or not https, which production refuses.',
    );
  }
}

function required(variable: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new ConfigurationError(variable, 'is missing.');
  return value;
}

function url(
  variable: string,
  value: string | undefined,
  protocols: readonly string[],
  optional: boolean,
): string {
  if (optional && !value) return '';
  const text = required(variable, value);
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigurationError(
      variable,
      `must be an address that starts with ${protocols.join('// or ')}//.`,
    );
  }
  return text.replace(/\/$/, '');
}

function address(value: string | undefined): string {
  const text = required('TEMPORAL_ADDRESS', value);
  if (!/^[^\s:/]+:\d+$/.test(text)) throw new ConfigurationError('TEMPORAL_ADDRESS', 'must be HOST:PORT.');
  return text;
}

function port(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new ConfigurationError('KBOSS_PORT', 'must be a port, 0 to 65535.');
  }
  return number;
}

function count(variable: string, value: string): number {
  if (!/^\d{1,2}$/.test(value)) throw new ConfigurationError(variable, 'must be a small whole number.');
  return Number(value);
}

function oneOf<T extends string>(variable: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (!found) throw new ConfigurationError(variable, `must be one of ${allowed.join(', ')}.`);
  return found;
}

function secretKeys(value: string | undefined): string {
  const text = required('KBOSS_SECRET_KEYS', value);
  if (!/^[a-z0-9]+:[A-Za-z0-9+/]{43}=(,[a-z0-9]+:[A-Za-z0-9+/]{43}=)*$/i.test(text)) {
    throw new ConfigurationError(
      'KBOSS_SECRET_KEYS',
      'must be KEYID:base64-of-32-bytes, separated by commas.',
    );
  }
  return text;
}
