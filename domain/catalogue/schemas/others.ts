import { architectures, common, gpuCount, gpuMemory, gpuModel, memory } from './common.ts';
import { attribute, named, units } from './build.ts';

const architecture = attribute(
  'product',
  'performance',
  'architecture',
  'choice',
  named('处理器架构', 'Architecture'),
  {
    options: architectures,
    filterable: true,
    required: true,
  },
);

const cores = attribute('plan', 'performance', 'cores', 'number', named('CPU 核数', 'CPU cores'), {
  unit: units.cores,
  filterable: true,
  better: 'higher',
  required: true,
});

/** 智算: accelerators on Kubernetes. */
export const aiComputing = [
  architecture,
  attribute('product', 'function', 'frameworks', 'text', named('预装框架', 'Installed frameworks')),
  attribute('product', 'performance', 'interconnect', 'label', named('卡间互联', 'GPU interconnect'), {
    filterable: true,
  }),
  ...common,
  { ...gpuModel, required: true },
  { ...gpuCount, required: true },
  gpuMemory,
  attribute('plan', 'performance', 'peak', 'number', named('单卡 FP16 算力', 'FP16 per GPU'), {
    unit: units.tflops,
    better: 'higher',
  }),
  { ...cores, required: false },
  { ...memory, required: false },
];

/** 裸金属: a whole machine. */
export const bareMetal = [
  architecture,
  attribute('product', 'function', 'hasRemoteConsole', 'boolean', named('远程控制台', 'Remote console')),
  ...common,
  attribute('plan', 'performance', 'cpuModel', 'label', named('处理器型号', 'CPU model'), {
    filterable: true,
  }),
  cores,
  memory,
  gpuModel,
  gpuCount,
  attribute('plan', 'performance', 'localDisk', 'number', named('本地盘', 'Local disk'), {
    unit: units.tb,
    better: 'higher',
  }),
];

/** 存储: capacity by the month. */
export const storage = [
  attribute('product', 'function', 'protocol', 'choice', named('访问协议', 'Protocol'), {
    options: {
      posix: named('并行文件系统', 'Parallel file system'),
      nfs: named('NFS', 'NFS'),
      s3: named('对象存储 (S3)', 'Object storage (S3)'),
      block: named('块存储', 'Block storage'),
    },
    filterable: true,
    required: true,
  }),
  attribute('product', 'function', 'copies', 'number', named('副本数', 'Copies'), { better: 'higher' }),
  ...common,
  attribute('plan', 'performance', 'medium', 'choice', named('介质', 'Medium'), {
    options: { nvme: named('NVMe', 'NVMe'), ssd: named('SSD', 'SSD'), hdd: named('机械盘', 'Hard disk') },
    filterable: true,
    required: true,
  }),
  attribute('plan', 'performance', 'throughput', 'number', named('吞吐', 'Throughput'), {
    unit: units.mbPerSecond,
    better: 'higher',
  }),
  attribute('plan', 'performance', 'operations', 'number', named('IOPS', 'IOPS'), {
    unit: units.iops,
    better: 'higher',
  }),
];

/** 容器: a namespace with a quota. */
export const container = [architecture, ...common, cores, memory, gpuModel, gpuCount];

/** 专线: a private line between two places. */
export const dedicatedLine = [
  attribute('product', 'function', 'carrier', 'label', named('运营商', 'Carrier'), { filterable: true }),
  ...common,
  attribute('product', 'location', 'farEnd', 'label', named('对端', 'Far end'), {
    filterable: true,
    required: true,
  }),
  attribute('plan', 'performance', 'bandwidth', 'number', named('带宽', 'Bandwidth'), {
    unit: units.mbps,
    filterable: true,
    better: 'higher',
    required: true,
  }),
  attribute('plan', 'performance', 'latency', 'number', named('时延', 'Latency'), {
    unit: units.milliseconds,
    better: 'lower',
  }),
];
