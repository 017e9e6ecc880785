import { m } from '#lib/paraglide/messages.js';
import type { AccessInformation } from '#lib/services/resources.ts';
import { say } from './bilingual.ts';

/** Fields that drivers give; those that people back-fill carry names of their own. */
const labels: Record<string, () => string> = {
  connectCommand: m.access_connectCommand,
  firstJobCommand: m.access_firstJobCommand,
  host: m.access_host,
  port: m.access_port,
  login: m.access_login,
  hostKeyFingerprint: m.access_hostKeyFingerprint,
  members: m.access_members,
  cluster: m.access_cluster,
  account: m.access_account,
  qos: m.access_qos,
  partitions: m.access_partitions,
  coreHours: m.access_coreHours,
  projectDirectory: m.access_projectDirectory,
  address: m.access_address,
  password: m.access_password,
  user: m.access_user,
  ip: m.access_ip,
  token: m.access_token,
  url: m.access_url,
  endpoint: m.access_endpoint,
  note: m.access_note,
};

/** The name of a field of the connection information. */
export const accessLabel = (key: string): string => labels[key]?.() ?? key;

/** The connection information row by row, commands first, as text to copy. */
export function accessRows({
  access,
  fields,
}: AccessInformation): { key: string; label: string; text: string }[] {
  const order = Object.keys(labels);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(access)
    .toSorted(([a], [b]) => place(a) - place(b))
    .map(([key, value]) => {
      const named = fields.find((field) => field.key === key);
      return { key, label: named && !labels[key] ? say(named.name) : accessLabel(key), text: textOf(value) };
    });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object' && value !== null) {
    return 'login' in value ? String(value.login) : JSON.stringify(value);
  }
  return String(value);
}
