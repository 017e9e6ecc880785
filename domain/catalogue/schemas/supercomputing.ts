import { architectures, common } from './common.ts';
import { attribute, named, units } from './build.ts';

/** 超算: a share of a Slurm cluster, sold by the core-hour. */
export const supercomputing = [
  attribute('product', 'function', 'scheduler', 'choice', named('调度系统', 'Scheduler'), {
    options: { slurm: named('Slurm', 'Slurm') },
    required: true,
  }),
  attribute('product', 'function', 'access', 'text', named('接入方式', 'Access')),
  attribute('product', 'function', 'software', 'text', named('预装软件', 'Installed software')),
  attribute('product', 'function', 'hasSharedStorage', 'boolean', named('共享存储', 'Shared storage'), {
    filterable: true,
  }),
  attribute('product', 'performance', 'architecture', 'choice', named('处理器架构', 'Architecture'), {
    options: architectures,
    filterable: true,
    required: true,
  }),
  attribute('product', 'performance', 'cpuModel', 'label', named('处理器型号', 'CPU model'), {
    filterable: true,
    required: true,
  }),
  attribute('product', 'performance', 'cpuFrequency', 'number', named('主频', 'Clock'), {
    unit: units.ghz,
    better: 'higher',
  }),
  attribute('product', 'performance', 'coresPerNode', 'number', named('单节点核数', 'Cores per node'), {
    unit: units.cores,
    filterable: true,
    better: 'higher',
    required: true,
  }),
  attribute('product', 'performance', 'memoryPerNode', 'number', named('单节点内存', 'Memory per node'), {
    unit: units.gb,
    filterable: true,
    better: 'higher',
    required: true,
  }),
  attribute('product', 'performance', 'nodes', 'number', named('节点规模', 'Nodes'), {
    unit: units.nodes,
    better: 'higher',
  }),
  attribute('product', 'performance', 'peak', 'number', named('单节点双精度峰值', 'FP64 peak per node'), {
    unit: units.tflops,
    better: 'higher',
  }),
  attribute('product', 'performance', 'interconnect', 'label', named('高速网络', 'Interconnect'), {
    filterable: true,
  }),
  attribute(
    'product',
    'performance',
    'interconnectSpeed',
    'number',
    named('网络带宽', 'Interconnect speed'),
    {
      unit: units.gbps,
      better: 'higher',
    },
  ),
  ...common,
  attribute('plan', 'function', 'partition', 'label', named('分区', 'Partition')),
  attribute('plan', 'function', 'longestJob', 'number', named('单作业最长时间', 'Longest job'), {
    unit: units.hours,
    better: 'higher',
  }),
  attribute('plan', 'function', 'largestJob', 'number', named('单作业最大核数', 'Largest job'), {
    unit: units.cores,
    better: 'higher',
  }),
];
