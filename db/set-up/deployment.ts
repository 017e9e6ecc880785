import type { OpenComputingPool } from '../../domain/resources/open-computing.ts';
import type { SlurmPool } from '../../domain/resources/slurm.ts';

/** How an organisation is taxed, and the Shanghai date from which; without a date: ever since. */
export interface DeployedTaxpayer {
  kind: 'general' | 'small-scale';
  /** Decimal string, "0.06". */
  rate: string;
  from?: string | undefined;
}

export interface DeployedSupplier {
  /** Names it: another name is another supplier. */
  name: string;
  kind: 'product' | 'resource';
  taxpayer: DeployedTaxpayer;
}

/** A pool and how its driver reaches it; its code names it. */
export type DeployedPool = { code: string; name: string; supplier: string } & (
  | { driver: 'slurm'; settings: SlurmPool }
  | { driver: 'open-computing'; settings: Omit<OpenComputingPool, 'callbackUrl'> }
  | { driver: 'manual' }
);

/** A seller's account at Alipay; `seller` is the code of its storefront, the platform's unless told. */
export interface DeployedPayment {
  seller?: string | undefined;
  channel: 'alipay';
  appId: string;
  merchantId: string;
  gatewayUrl: string;
  privateKey: string;
  alipayPublicKey: string;
}

/** A seller's account at Aliyun SMS; templates by use, `verification` at least. */
export interface DeployedSms {
  seller?: string | undefined;
  channel: 'aliyun';
  endpoint: string;
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
  templates: Record<string, string>;
}

/** What an operator says of a deployment, checked: the file of `npm run set-up`. */
export interface Deployment {
  platform: {
    name: string;
    taxpayer: DeployedTaxpayer;
    storefront: {
      code: string;
      nameZh: string;
      nameEn: string;
      colour?: string | undefined;
      host?: string | undefined;
    };
    /** First month of the platform's book, "2026-11"; the current one unless told. */
    firstPeriod?: string | undefined;
  };
  admin: { phone: string; name: string };
  suppliers: DeployedSupplier[];
  pools: DeployedPool[];
  payments: DeployedPayment[];
  sms: DeployedSms[];
}

/** A sentence that begins with the field at fault; nothing was changed. */
export class SetUpError extends Error {
  constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.name = 'SetUpError';
  }
}
