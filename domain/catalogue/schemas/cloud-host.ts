import { architectures, common, gpuCount, gpuMemory, gpuModel, memory } from './common.ts';
import { attribute, named, units } from './build.ts';

/** 云主机: a virtual machine, sold by the month. */
export const cloudHost = [
  attribute('product', 'function', 'virtualization', 'label', named('虚拟化', 'Virtualisation')),
  attribute('product', 'function', 'hasSnapshots', 'boolean', named('快照', 'Snapshots'), {
    filterable: true,
  }),
  attribute('product', 'function', 'hasPublicAddress', 'boolean', named('公网 IP', 'Public address'), {
    filterable: true,
  }),
  attribute('product', 'performance', 'architecture', 'choice', named('处理器架构', 'Architecture'), {
    options: architectures,
    filterable: true,
    required: true,
  }),
  attribute('product', 'performance', 'cpuModel', 'label', named('处理器型号', 'CPU model')),
  ...common,
  attribute('plan', 'performance', 'cores', 'number', named('vCPU', 'vCPU'), {
    unit: units.cores,
    filterable: true,
    better: 'higher',
    required: true,
  }),
  memory,
  gpuModel,
  gpuCount,
  gpuMemory,
  attribute('plan', 'performance', 'systemDisk', 'number', named('系统盘', 'System disk'), {
    unit: units.gb,
    better: 'higher',
    required: true,
  }),
  attribute('plan', 'performance', 'bandwidth', 'number', named('公网带宽', 'Bandwidth'), {
    unit: units.mbps,
    better: 'higher',
  }),
];
