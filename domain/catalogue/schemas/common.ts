import { attribute, named, units } from './build.ts';

/** Where the machines stand; a closed list, so that the filter has one spelling of each place. */
export const regions = {
  beijing: named('北京', 'Beijing'),
  tianjin: named('天津', 'Tianjin'),
  shanghai: named('上海', 'Shanghai'),
  wuxi: named('无锡', 'Wuxi'),
  hangzhou: named('杭州', 'Hangzhou'),
  hefei: named('合肥', 'Hefei'),
  jinan: named('济南', 'Jinan'),
  zhengzhou: named('郑州', 'Zhengzhou'),
  wuhan: named('武汉', 'Wuhan'),
  guangzhou: named('广州', 'Guangzhou'),
  shenzhen: named('深圳', 'Shenzhen'),
  chengdu: named('成都', 'Chengdu'),
  guiyang: named('贵阳', 'Guiyang'),
  xian: named('西安', "Xi'an"),
  zhongwei: named('中卫', 'Zhongwei'),
  ulanqab: named('乌兰察布', 'Ulanqab'),
} as const;

export const architectures = {
  x86: { zh: 'x86_64', en: 'x86_64' },
  arm: { zh: 'ARM64', en: 'ARM64' },
} as const;

/** Attributes of every kind. */
export const common = [
  attribute('product', 'location', 'region', 'choice', named('地域', 'Region'), {
    options: regions,
    filterable: true,
    required: true,
  }),
  attribute('product', 'location', 'dataCentre', 'label', named('数据中心', 'Data centre')),
  attribute('product', 'function', 'deliveryMinutes', 'number', named('开通时间', 'Delivery time'), {
    unit: units.minutes,
    better: 'lower',
    required: true,
  }),
  attribute('product', 'function', 'availability', 'number', named('服务可用性', 'Availability'), {
    unit: units.percent,
    better: 'higher',
  }),
];

export const gpuModel = attribute(
  'plan',
  'performance',
  'gpuModel',
  'label',
  named('GPU 型号', 'GPU model'),
  {
    filterable: true,
  },
);
export const gpuCount = attribute('plan', 'performance', 'gpuCount', 'number', named('GPU 数量', 'GPUs'), {
  unit: units.cards,
  filterable: true,
  better: 'higher',
});
export const gpuMemory = attribute(
  'plan',
  'performance',
  'gpuMemory',
  'number',
  named('单卡显存', 'Memory per GPU'),
  {
    unit: units.gb,
    filterable: true,
    better: 'higher',
  },
);
export const memory = attribute('plan', 'performance', 'memory', 'number', named('内存', 'Memory'), {
  unit: units.gb,
  filterable: true,
  better: 'higher',
  required: true,
});
