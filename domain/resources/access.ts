import type { Bilingual } from '../catalogue/attributes.ts';
import type { ProductKind } from '../catalogue/kinds.ts';

/** One field of the access information of a kind, as people back-fill it and customers read it. */
export interface AccessField {
  readonly key: string;
  readonly name: Bilingual;
  readonly required: boolean;
  readonly secret: boolean;
  readonly pattern: RegExp;
}

const text = /^[\s\S]{1,4000}$/;
const address = /^[A-Za-z0-9.:_-]{1,253}$/;

const field = (
  key: string,
  zh: string,
  en: string,
  more: Partial<Pick<AccessField, 'required' | 'secret' | 'pattern'>> = {},
): AccessField => ({ key, name: { zh, en }, required: true, secret: false, pattern: text, ...more });

const port = field('port', '端口', 'Port', { pattern: /^([1-9]\d{0,4})$/ });
const note = field('note', '说明', 'Note', { required: false });
const login = field('login', '登录名', 'Login', { pattern: /^[A-Za-z0-9._@\\-]{1,120}$/ });
const password = field('password', '密码', 'Password', { secret: true, required: false });
const machine = [field('address', '地址', 'Address', { pattern: address }), port, login, password, note];
const console_ = field('url', '控制台地址', 'Console', { pattern: /^https:\/\/[^\s]{1,500}$/ });

/** What is back-filled for each kind when people open it by hand. */
export const accessFieldsOfKind: Readonly<Record<ProductKind, readonly AccessField[]>> = {
  supercomputing: [
    field('host', '登录节点', 'Login node', { pattern: address }),
    port,
    login,
    field('account', '计费账户', 'Account', { pattern: /^[A-Za-z0-9._-]{1,120}$/ }),
    password,
    note,
  ],
  'ai-computing': [console_, login, password, note],
  'cloud-host': machine,
  'bare-metal': machine,
  storage: [
    field('endpoint', '访问地址', 'Endpoint'),
    field('accessKey', '访问密钥 ID', 'Access key'),
    field('secretKey', '访问密钥', 'Secret key', { secret: true }),
    note,
  ],
  container: [console_, login, password, note],
  'dedicated-line': [
    field('circuit', '电路编号', 'Circuit number'),
    field('vlan', 'VLAN', 'VLAN', { required: false }),
    note,
  ],
};

/** The fields at fault: missing, not of the kind, or of another form. */
export function faultyAccessFields(kind: ProductKind, access: Readonly<Record<string, string>>): string[] {
  const fields = accessFieldsOfKind[kind];
  const unknown = Object.keys(access).filter((key) => !fields.some((one) => one.key === key));
  const faulty = fields.filter(({ key, required, pattern }) => {
    const value = Object.hasOwn(access, key) ? access[key] : undefined;
    return value === undefined || value === '' ? required : !pattern.test(value);
  });
  return [...unknown, ...faulty.map(({ key }) => key)];
}
