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

export type Part = 'api' | 'worker';

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
  const configuration: Configuration = {
    production,
    port: port(env.KBOSS_PORT ?? '8080'),
    host: env.KBOSS_HOST ?? '127.0.0.1',
    publicUrl: url(
      'KBOSS_PUBLIC_URL',
      env.KBOSS_PUBLIC_URL ?? (production || part === 'worker' ? undefined : 'http://127.0.0.1:8080'),
      ['http:', 'https:'],
      part === 'worker',
    ),
    databaseUrl: url('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:'], part !== 'api'),
    workerDatabaseUrl: url(
      'DATABASE_WORKER_URL',
      env.DATABASE_WORKER_URL,
      ['postgres:', 'postgresql:'],
      part !== 'worker',
    ),
    temporalAddress: address(env.TEMPORAL_ADDRESS),
    temporalNamespace: env.TEMPORAL_NAMESPACE ?? 'kboss',
    temporalUiUrl: env.TEMPORAL_UI_URL,
    secretKeys: secretKeys(env.KBOSS_SECRET_KEYS ?? (production ? undefined : developmentSecretKeys)),
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
  if (part === 'api' && !configuration.publicUrl.startsWith('https://')) {
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
