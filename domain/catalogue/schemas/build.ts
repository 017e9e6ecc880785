import type { AttributeDefinition, AttributeGroup, Bilingual } from '../attributes.ts';

type More = Partial<
  Pick<AttributeDefinition, 'unit' | 'options' | 'filterable' | 'comparable' | 'better' | 'required'>
>;

/** Makes a definition: comparable unless told, filterable and required only when told. */
export function attribute(
  level: AttributeDefinition['level'],
  group: AttributeGroup,
  key: string,
  type: AttributeDefinition['type'],
  name: Bilingual,
  more: More = {},
): AttributeDefinition {
  return { key, group, level, type, name, filterable: false, comparable: true, required: false, ...more };
}

export const same = (text: string): Bilingual => ({ zh: text, en: text });
export const named = (zh: string, en: string): Bilingual => ({ zh, en });

export const units = {
  cores: named('核', 'cores'),
  cards: named('卡', 'cards'),
  nodes: named('节点', 'nodes'),
  gb: same('GB'),
  tb: same('TB'),
  tflops: same('TFLOPS'),
  gbps: same('Gb/s'),
  mbps: same('Mb/s'),
  mbPerSecond: same('MB/s'),
  iops: same('IOPS'),
  ghz: same('GHz'),
  percent: same('%'),
  milliseconds: named('毫秒', 'ms'),
  minutes: named('分钟', 'minutes'),
  hours: named('小时', 'hours'),
} as const;
