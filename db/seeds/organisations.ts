import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { hash } from '@node-rs/argon2';
import { makeNumber } from '../../domain/numbers.ts';
import type { OrganisationKind, Role } from '../../domain/identity/permissions.ts';
import type { SecretBox } from '../secrets.ts';
import { insert } from './insert.ts';

/** The password of every demo person; printed at the start of the demo. */
export const demoPassword = 'Kboss-demo-2026';

export interface DemoPerson {
  phone: string;
  name: string;
  roles: readonly Role[];
  department?: string;
}

export interface DemoOrganisation {
  code: string;
  kind: OrganisationKind;
  supplierKind?: 'product' | 'resource';
  parent?: string;
  name: string;
  nameEnglish: string;
  colour?: string;
  /** General taxpayers of 6 % unless told. */
  taxpayer?: { kind: 'small-scale'; rate: string };
  departments?: readonly string[];
  people: readonly DemoPerson[];
}

/** The demo tree: platform, two chains of distributors, an agent, four suppliers, three customers. */
export const demoOrganisations: readonly DemoOrganisation[] = [
  {
    code: 'kaiyuan',
    kind: 'platform',
    name: '开元云',
    nameEnglish: 'Kaiyuan Cloud',
    departments: ['财务部', '运营部', '运维部'],
    people: [
      { phone: '13800000001', name: '周平', roles: ['admin'] },
      { phone: '13800000002', name: '钱会', roles: ['finance'], department: '财务部' },
      { phone: '13800000003', name: '孙运', roles: ['operations'], department: '运营部' },
      { phone: '13800000004', name: '李维', roles: ['maintenance'], department: '运维部' },
      { phone: '13800000005', name: '吴审', roles: ['auditor'] },
    ],
  },
  {
    code: 'huadong',
    kind: 'distributor',
    parent: 'kaiyuan',
    name: '华东智算服务有限公司',
    nameEnglish: 'Huadong AI Computing',
    colour: '#8a3ffc',
    departments: ['销售一部', '财务部'],
    people: [
      { phone: '13800000011', name: '郑总', roles: ['admin'] },
      { phone: '13800000012', name: '王财', roles: ['finance'], department: '财务部' },
      { phone: '13800000013', name: '冯销', roles: ['sales'], department: '销售一部' },
    ],
  },
  {
    code: 'jiangnan',
    kind: 'distributor',
    parent: 'huadong',
    name: '江南科算科技有限公司',
    nameEnglish: 'Jiangnan Scientific Computing',
    colour: '#b5521b',
    departments: ['高校业务部', '财务部'],
    people: [
      { phone: '13800000021', name: '陈经理', roles: ['admin'] },
      { phone: '13800000022', name: '褚账', roles: ['finance'], department: '财务部' },
      { phone: '13800000023', name: '卫客', roles: ['sales'], department: '高校业务部' },
      { phone: '13800000024', name: '蒋营', roles: ['operations'] },
    ],
  },
  {
    code: 'xinghai',
    kind: 'distributor',
    parent: 'kaiyuan',
    name: '星海代理有限公司',
    nameEnglish: 'Xinghai Agency',
    colour: '#2358b8',
    taxpayer: { kind: 'small-scale', rate: '0.03' },
    people: [{ phone: '13800000031', name: '沈代', roles: ['admin', 'finance', 'sales'] }],
  },
  {
    code: 'east',
    kind: 'supplier',
    supplierKind: 'resource',
    parent: 'kaiyuan',
    name: '东部超算中心',
    nameEnglish: 'East Supercomputing Center',
    people: [{ phone: '13800000041', name: '韩东', roles: ['supplier-admin', 'supplier-delivery'] }],
  },
  {
    code: 'west',
    kind: 'supplier',
    supplierKind: 'resource',
    parent: 'kaiyuan',
    name: '西部算力中心',
    nameEnglish: 'West Computing Center',
    people: [{ phone: '13800000042', name: '杨西', roles: ['supplier-admin', 'supplier-delivery'] }],
  },
  {
    code: 'yunfan',
    kind: 'supplier',
    supplierKind: 'product',
    parent: 'kaiyuan',
    name: '云帆云计算有限公司',
    nameEnglish: 'Yunfan Cloud',
    people: [{ phone: '13800000043', name: '朱帆', roles: ['supplier-admin', 'supplier-finance'] }],
  },
  {
    code: 'nanhu',
    kind: 'supplier',
    supplierKind: 'resource',
    parent: 'kaiyuan',
    name: '南湖数据中心',
    nameEnglish: 'Nanhu Data Center',
    people: [{ phone: '13800000044', name: '秦南', roles: ['supplier-admin', 'supplier-delivery'] }],
  },
  {
    code: 'materials',
    kind: 'customer',
    parent: 'jiangnan',
    name: '江南大学材料计算课题组',
    nameEnglish: 'Jiangnan University Materials Group',
    people: [
      { phone: '13800000051', name: '许教授', roles: ['customer-admin'] },
      { phone: '13800000052', name: '何同学', roles: ['customer-user'] },
    ],
  },
  {
    code: 'genomics',
    kind: 'customer',
    parent: 'kaiyuan',
    name: '启明基因有限公司',
    nameEnglish: 'Qiming Genomics',
    people: [{ phone: '13800000061', name: '吕明', roles: ['customer-admin'] }],
  },
  {
    code: 'render',
    kind: 'customer',
    parent: 'xinghai',
    name: '远山渲染工作室',
    nameEnglish: 'Yuanshan Rendering Studio',
    people: [{ phone: '13800000071', name: '施山', roles: ['customer-admin'] }],
  },
];

/** Ids of what the seed made, by code (organisations) and phone (people). */
export interface SeededTree {
  organisations: Map<string, string>;
  people: Map<string, string>;
}

/** Makes organisations, storefronts, departments, people, memberships, projects and customers' files. */
export async function seedOrganisations(
  em: EntityManager,
  secrets: SecretBox,
  at: Date,
): Promise<SeededTree> {
  const tree: SeededTree = { organisations: new Map(), people: new Map() };
  const passwordHash = await hash(demoPassword);
  for (const organisation of demoOrganisations)
    await seedOne(em, secrets, at, tree, organisation, passwordHash);
  return tree;
}

async function seedOne(
  em: EntityManager,
  secrets: SecretBox,
  at: Date,
  tree: SeededTree,
  organisation: DemoOrganisation,
  passwordHash: string,
): Promise<void> {
  const parent = organisation.parent ? tree.organisations.get(organisation.parent)! : null;
  const id = await insert(em, 'organisation', {
    number: makeNumber('customer', at, randomBytes(8)),
    kind: organisation.kind,
    supplier_kind: organisation.supplierKind ?? null,
    parent_id: parent,
    name: organisation.name,
    created_at: at,
  });
  tree.organisations.set(organisation.code, id);
  await insert(em, 'organisation_taxpayer', {
    organisation_id: id,
    kind: organisation.taxpayer?.kind ?? 'general',
    vat_rate: organisation.taxpayer?.rate ?? '0.06',
    valid_from: new Date(0),
  });
  if (organisation.kind === 'platform' || organisation.kind === 'distributor') {
    await insert(em, 'storefront', {
      organisation_id: id,
      code: organisation.code,
      name_zh: organisation.name,
      name_en: organisation.nameEnglish,
      colour: organisation.colour ?? '#0f6f78',
    });
  }
  const departments = new Map<string, string>();
  for (const name of organisation.departments ?? []) {
    departments.set(name, await insert(em, 'department', { organisation_id: id, name }));
  }
  for (const person of organisation.people) {
    const user = await seedPerson(em, secrets, at, person, passwordHash);
    tree.people.set(person.phone, user);
    await insert(em, 'membership', {
      organisation_id: id,
      user_id: user,
      roles: person.roles,
      department_id: person.department ? departments.get(person.department)! : null,
      joined_at: at,
    });
  }
  if (organisation.kind === 'customer') await seedCustomer(em, at, id, parent!);
}

async function seedPerson(
  em: EntityManager,
  secrets: SecretBox,
  at: Date,
  person: DemoPerson,
  passwordHash: string,
): Promise<string> {
  const [{ id }] = (await em.execute('select uuidv7() as id')) as [{ id: string }];
  return insert(em, 'user_account', {
    id,
    number: makeNumber('user', at, randomBytes(8)),
    phone_hash: secrets.hash(person.phone),
    phone_sealed: secrets.seal(person.phone, { table: 'user_account', column: 'phone_sealed', id }),
    phone_masked: `${person.phone.slice(0, 3)}****${person.phone.slice(-4)}`,
    name: person.name,
    password_hash: passwordHash,
    password_changed_at: at,
    created_at: at,
  });
}

/** The customer's file at its seller, its default project, and the seller's sales person as account manager. */
async function seedCustomer(em: EntityManager, at: Date, customer: string, seller: string): Promise<void> {
  await insert(em, 'project', {
    organisation_id: customer,
    name: '默认项目',
    is_default: true,
    created_at: at,
  });
  const [manager] = await em.execute<{ user_id: string; department_id: string | null }[]>(
    `select user_id, department_id from membership where organisation_id = ? order by 'sales' = any(roles) desc, joined_at limit 1`,
    [seller],
  );
  await insert(em, 'customer_profile', {
    customer_id: customer,
    seller_id: seller,
    account_manager_id: manager?.user_id ?? null,
    department_id: manager?.department_id ?? null,
    source: 'direct',
    created_at: at,
  });
}
