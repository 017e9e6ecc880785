import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { DriverError } from '../../activities/drivers/driver.ts';
import { readPool } from '../../activities/drivers/slurm/pool.ts';
import { SetUpError, type Deployment } from '../../db/set-up/deployment.ts';
import { assertGatewayUrl, ConfigurationError } from '../../domain/configuration.ts';
import { normalizePhone, phonePattern } from '../../domain/identity/phone.ts';

/** What a field must be, as the end of a sentence that its name begins. */
const must = (sentence: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is missing.' : `must be ${sentence}.`),
});
const text = (most: number) =>
  z
    .string(must('text'))
    .trim()
    .min(1, must('text'))
    .max(most, must(`text of at most ${most} characters`));
const matching = (pattern: RegExp, sentence: string) =>
  z.string(must(sentence)).regex(pattern, must(sentence));
const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a date, "2027-01-01"').refine(
  (day) => new Date(day).toISOString().startsWith(day),
  must('a day of the calendar'),
);
const gateway = z.url({ protocol: /^https?$/, ...must('an address that starts with https://') });
const isKey = (read: () => KeyObject, type: string): boolean => {
  try {
    return read().asymmetricKeyType === type;
  } catch {
    return false;
  }
};
const bytesOf = (key: string): Buffer => Buffer.from(key.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
const key = (sentence: string, type: string, read: (key: string) => KeyObject) =>
  z.string(must(sentence)).refine((value) => isKey(() => read(value), type), must(sentence));
const rsaPrivate = key('an RSA private key, PKCS#8 or PKCS#1', 'rsa', (value) =>
  createPrivateKey({
    key: bytesOf(value),
    format: 'der',
    type: value.includes('BEGIN RSA PRIVATE KEY') ? 'pkcs1' : 'pkcs8',
  }),
);
const rsaPublic = key('an RSA public key, SPKI', 'rsa', (value) =>
  createPublicKey({ key: bytesOf(value), format: 'der', type: 'spki' }),
);
const edPrivate = key('an Ed25519 private key, PKCS#8 PEM', 'ed25519', (value) => createPrivateKey(value));
const edPublic = key('an Ed25519 public key, SPKI PEM', 'ed25519', (value) => createPublicKey(value));

const taxpayer = z.strictObject(
  {
    kind: z.enum(['general', 'small-scale'], must('general or small-scale')),
    rate: matching(/^0(\.\d{1,10})?$/, 'a decimal string below 1, "0.06" for 6 %'),
    from: date.optional(),
  },
  must('an object with kind and rate'),
);
const code = matching(/^[a-z0-9][a-z0-9-]{1,31}$/, '2 to 32 small letters, digits and hyphens');
const named = { code, name: text(120), supplier: text(120) };
const pool = z.discriminatedUnion(
  'driver',
  [
    z.strictObject({ ...named, driver: z.literal('slurm'), settings: z.unknown().transform(slurmSettings) }),
    z.strictObject({
      ...named,
      driver: z.literal('open-computing'),
      settings: z.strictObject(
        {
          baseUrl: gateway.transform((url) => url.replace(/\/$/, '')),
          keyId: text(200),
          privateKey: edPrivate,
          supplierKeyId: text(200),
          supplierPublicKey: edPublic,
          answerTimeoutMilliseconds: z.int(must('a whole number')).min(100, must('100 or more')).optional(),
        },
        must('an object'),
      ),
    }),
    z.strictObject({ ...named, driver: z.literal('manual') }),
  ],
  must('slurm, open-computing or manual'),
);

const schema = z.strictObject(
  {
    platform: z.strictObject(
      {
        name: text(120),
        taxpayer,
        storefront: z.strictObject(
          {
            code,
            nameZh: text(120),
            nameEn: text(120),
            colour: matching(/^#[0-9a-f]{6}$/, 'a colour, "#0f6f78"').optional(),
            host: matching(/^[a-z0-9.-]{1,253}$/, 'a host name without scheme and port').optional(),
          },
          must('an object'),
        ),
        firstPeriod: matching(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, "2026-11"').optional(),
      },
      must('an object'),
    ),
    admin: z.strictObject(
      {
        phone: matching(phonePattern, 'a mainland mobile number').transform(normalizePhone),
        name: text(60),
      },
      must('an object'),
    ),
    suppliers: z
      .array(
        z.strictObject(
          { name: text(120), kind: z.enum(['product', 'resource'], must('product or resource')), taxpayer },
          must('an object'),
        ),
        must('a list'),
      )
      .default([]),
    pools: z.array(pool, must('a list')).default([]),
    payments: z
      .array(
        z.strictObject(
          {
            seller: code.optional(),
            channel: z.literal('alipay', must('alipay')),
            appId: text(64),
            merchantId: text(64),
            gatewayUrl: gateway,
            privateKey: rsaPrivate,
            alipayPublicKey: rsaPublic,
          },
          must('an object'),
        ),
        must('a list'),
      )
      .default([]),
    sms: z
      .array(
        z.strictObject(
          {
            seller: code.optional(),
            channel: z.literal('aliyun', must('aliyun')),
            endpoint: gateway,
            accessKeyId: text(128),
            accessKeySecret: text(256),
            signName: text(60),
            templates: z
              .record(z.string(), text(64), must('an object of template codes'))
              .refine((templates) => 'verification' in templates, {
                error: 'must name the template of codes, "verification".',
              }),
          },
          must('an object'),
        ),
        must('a list'),
      )
      .default([]),
  },
  must('an object'),
);

/** Settings of a cluster, read as its driver will; uids of KBOSS begin at 10000. */
function slurmSettings(settings: unknown, context: z.RefinementCtx): ReturnType<typeof readPool> {
  try {
    const read = readPool(settings ?? {});
    if (read.uidRange.from >= 10_000) return read;
    context.addIssue({ code: 'custom', path: ['uidRange', 'from'], message: 'must be 10000 or more.' });
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    const [, path = '', problem = ''] = /^INVALID_POOL: (\S+): (.*)$/s.exec(error.message) ?? [];
    context.addIssue({
      code: 'custom',
      path: path === 'settings' ? [] : path.split('.'),
      message: `is not what the driver takes: ${problem}.`,
    });
  }
  return z.NEVER;
}

/**
 * The file of a set-up, checked to the last field.
 * @throws SetUpError with a sentence that begins with the field at fault and never shows its value
 */
export function readDeployment(json: unknown, { production }: { production: boolean }): Deployment {
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw sentenceOf(parsed.error.issues[0]!);
  const deployment = parsed.data;
  once(
    'suppliers',
    'name',
    deployment.suppliers.map(({ name }) => name),
  );
  once(
    'pools',
    'code',
    deployment.pools.map(({ code: own }) => own),
  );
  once(
    'payments',
    'seller',
    deployment.payments.map(({ seller }) => seller ?? deployment.platform.storefront.code),
  );
  once(
    'sms',
    'seller',
    deployment.sms.map(({ seller }) => seller ?? deployment.platform.storefront.code),
  );
  const suppliers = new Set(deployment.suppliers.map(({ name }) => name));
  for (const [index, { supplier, ...rest }] of deployment.pools.entries()) {
    if (!suppliers.has(supplier)) {
      throw new SetUpError(`pools[${index}].supplier`, 'must be the name of one of the suppliers.');
    }
    if (rest.driver === 'open-computing') {
      refuseSandbox(production, `pools[${index}].settings.baseUrl`, rest.settings.baseUrl);
    }
  }
  for (const [index, { gatewayUrl }] of deployment.payments.entries()) {
    refuseSandbox(production, `payments[${index}].gatewayUrl`, gatewayUrl);
  }
  for (const [index, { endpoint }] of deployment.sms.entries()) {
    refuseSandbox(production, `sms[${index}].endpoint`, endpoint);
  }
  return deployment;
}

function sentenceOf({ path, code: kind, message, ...issue }: z.core.$ZodIssue): SetUpError {
  const field = path.reduce<string>(
    (name, part) => (typeof part === 'number' ? `${name}[${part}]` : `${name}${name && '.'}${String(part)}`),
    '',
  );
  if (kind === 'unrecognized_keys') {
    const [unknown] = (issue as z.core.$ZodIssueUnrecognizedKeys).keys;
    return new SetUpError(`${field}${field && '.'}${unknown}`, 'is no field of a deployment.');
  }
  return new SetUpError(field || 'The file', message);
}

function once(list: string, field: string, values: readonly string[]): void {
  const index = values.findIndex((value, at) => values.indexOf(value) < at);
  if (index >= 0) throw new SetUpError(`${list}[${index}].${field}`, 'is named twice.');
}

function refuseSandbox(production: boolean, field: string, url: string): void {
  try {
    assertGatewayUrl(production, url);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new SetUpError(field, 'is a sandbox or not https, which production refuses.');
  }
}
