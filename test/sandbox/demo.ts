import type { SmsTemplate } from './sms/accounts.ts';
import type { Offer } from './supplier/instances.ts';

/** Templates as they would be filed with Aliyun. */
export const defaultTemplates: SmsTemplate[] = [
  { code: 'SMS_900001', kind: 'otp', content: '您的验证码是 ${code}，5 分钟内有效，请勿告诉他人。' },
  { code: 'SMS_900002', kind: 'notice', content: '您的订单 ${order} 已开通，可在"我的资源"中查看。' },
  { code: 'SMS_900003', kind: 'notice', content: '您的订单 ${order} 开通失败，${amount} 元已退回余额。' },
  { code: 'SMS_900004', kind: 'notice', content: '充值 ${amount} 元已到账，单号 ${recharge}。' },
];

/** Cloud hosts of a middle-sized supplier; prices are what it asks of the platform. */
export const defaultOffers: Offer[] = [
  {
    sku: 'ch-2c4g',
    kind: 'cloud-host',
    nameZh: '通用型 2 核 4 GiB',
    nameEn: 'General 2 vCPU 4 GiB',
    specification: { cores: 2, memory: 4, systemDisk: 40, bandwidth: 3 },
    price: { amount: '6800', unit: 'instance', period: 'month' },
    stock: 500,
  },
  {
    sku: 'ch-8c16g',
    kind: 'cloud-host',
    nameZh: '计算型 8 核 16 GiB',
    nameEn: 'Compute 8 vCPU 16 GiB',
    specification: { cores: 8, memory: 16, systemDisk: 100, bandwidth: 10 },
    price: { amount: '36800', unit: 'instance', period: 'month' },
    stock: 200,
  },
  {
    sku: 'gpu-1a10',
    kind: 'cloud-host',
    nameZh: 'GPU 型 A10 单卡',
    nameEn: 'GPU one A10',
    specification: {
      cores: 16,
      memory: 64,
      gpuModel: 'NVIDIA A10',
      gpuCount: 1,
      systemDisk: 200,
      bandwidth: 10,
    },
    price: { amount: '298000', unit: 'instance', period: 'month' },
    stock: 20,
  },
];
