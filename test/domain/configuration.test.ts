import { describe, expect, test } from '@jest/globals';
import {
  assertGatewayUrl,
  ConfigurationError,
  developmentSecretKeys,
  readConfiguration,
} from '../../domain/configuration.ts';

const keys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const development = {
  DATABASE_URL: 'postgres://kboss_api:x@127.0.0.1:5432/kboss',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
};
const production = {
  ...development,
  NODE_ENV: 'production',
  KBOSS_PUBLIC_URL: 'https://kboss.example',
  KBOSS_SECRET_KEYS: keys,
};

describe('development', () => {
  test('needs no more than the servers', () => {
    expect(readConfiguration(development, 'api')).toMatchObject({
      production: false,
      port: 8080,
      host: '127.0.0.1',
      temporalNamespace: 'kboss',
      secretKeys: developmentSecretKeys,
    });
  });

  test.each([
    ['DATABASE_URL', 'api', { DATABASE_URL: undefined }],
    ['DATABASE_URL', 'api', { DATABASE_URL: 'mysql://x' }],
    ['DATABASE_WORKER_URL', 'worker', {}],
    ['TEMPORAL_ADDRESS', 'api', { TEMPORAL_ADDRESS: undefined }],
    ['TEMPORAL_ADDRESS', 'api', { TEMPORAL_ADDRESS: 'http://somewhere' }],
    ['KBOSS_PORT', 'api', { KBOSS_PORT: '99999' }],
    ['KBOSS_PORT', 'api', { KBOSS_PORT: 'web' }],
    ['KBOSS_PUBLIC_URL', 'api', { KBOSS_PUBLIC_URL: 'kboss.example' }],
    ['KBOSS_SECRET_KEYS', 'api', { KBOSS_SECRET_KEYS: 'k1:short' }],
    ['KBOSS_LOG_LEVEL', 'api', { KBOSS_LOG_LEVEL: 'loud' }],
    ['KBOSS_TRUST_PROXY', 'api', { KBOSS_TRUST_PROXY: 'yes' }],
    ['DATABASE_ADMIN_URL', 'migrate', { DATABASE_WORKER_URL: 'postgres://kboss_worker:x@db/kboss' }],
    ['DATABASE_WORKER_URL', 'migrate', { DATABASE_ADMIN_URL: 'postgres://postgres:x@db/kboss' }],
    ['DATABASE_WORKER_URL', 'set-up', {}],
  ] as const)('a wrong %s stops the %s with a sentence that names it', (variable, part, change) => {
    const read = (): unknown => readConfiguration({ ...development, ...change }, part);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(new RegExp(`^${variable} .*\\.$`));
  });
});

describe('the commands of an operator', () => {
  const urls = {
    DATABASE_URL: 'postgres://kboss_api:x@db/kboss',
    DATABASE_WORKER_URL: 'postgres://kboss_worker:x@db/kboss',
    DATABASE_ADMIN_URL: 'postgres://postgres:x@db/kboss',
  };

  test('need neither Temporal nor, to migrate, a key', () => {
    const env = { NODE_ENV: 'production', ...urls, KBOSS_AUDIT_PASSWORD: 'a', KBOSS_BACKUP_PASSWORD: '' };
    expect(readConfiguration(env, 'migrate')).toMatchObject({
      adminDatabaseUrl: urls.DATABASE_ADMIN_URL,
      auditPassword: 'a',
      backupPassword: undefined,
    });
    const { KBOSS_SECRET_KEYS, KBOSS_PUBLIC_URL } = production;
    const setUp = { ...env, KBOSS_SECRET_KEYS, KBOSS_PUBLIC_URL, KBOSS_ADMIN_PASSWORD: 'p' };
    expect(readConfiguration(setUp, 'set-up')).toMatchObject({ secretKeys: keys, adminPassword: 'p' });
  });

  test.each(['KBOSS_SECRET_KEYS', 'KBOSS_PUBLIC_URL'])('a set-up in production needs %s', (variable) => {
    const env = { ...production, ...urls, [variable]: undefined };
    expect(() => readConfiguration(env, 'set-up')).toThrow(new RegExp(`^${variable} `));
  });
});

describe('production', () => {
  test('starts with everything named', () => {
    expect(readConfiguration(production, 'api').production).toBe(true);
    const worker = { ...production, DATABASE_WORKER_URL: 'postgres://kboss_worker:x@db/kboss' };
    expect(readConfiguration(worker, 'worker').secretKeys).toBe(keys);
  });

  test.each([
    ['KBOSS_PUBLIC_URL', { KBOSS_PUBLIC_URL: undefined }],
    ['KBOSS_PUBLIC_URL', { KBOSS_PUBLIC_URL: 'http://kboss.example' }],
    ['KBOSS_SECRET_KEYS', { KBOSS_SECRET_KEYS: undefined }],
    ['KBOSS_SECRET_KEYS', { KBOSS_SECRET_KEYS: developmentSecretKeys }],
    ['KBOSS_SECRET_KEYS', { KBOSS_SECRET_KEYS: `${keys},${developmentSecretKeys}` }],
  ])('refuses a default or unsafe %s', (variable, change) => {
    expect(() => readConfiguration({ ...production, ...change }, 'api')).toThrow(new RegExp(`^${variable} `));
  });

  test.each([
    'http://openapi.alipay.com/gateway.do',
    'https://127.0.0.1:8090/alipay',
    'https://localhost/alipay',
    'https://[::1]/alipay',
    'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
    'https://sandbox.supplier.example/v1',
  ])('refuses the gateway %s', (gateway) => {
    expect(() => assertGatewayUrl(true, gateway)).toThrow(ConfigurationError);
    expect(() => assertGatewayUrl(false, gateway)).not.toThrow();
  });

  test('takes the real gateways', () => {
    for (const gateway of ['https://openapi.alipay.com/gateway.do', 'https://dysmsapi.aliyuncs.com']) {
      expect(() => assertGatewayUrl(true, gateway)).not.toThrow();
    }
  });
});
