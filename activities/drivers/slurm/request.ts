import type { SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError, type ProvisionRequest } from '../driver.ts';
import { readExternalName } from './pool.ts';

/** What is to be there on the cluster, every name of it from an allow-list. */
export interface WantedResource {
  name: string;
  customerAccount: string;
  coreMinutes: bigint;
  /** Where the core-hours may be used: the plan's partition, or all of the pool. */
  partitions: string[];
  members: WantedMember[];
  /** The names that people gave, for a file of the project directory: they are data and never part of a command. */
  about: string;
}

export interface WantedMember {
  login: string;
  uid: number;
  userId: string;
  /** `type base64` of each public key, comments and options left out. */
  keys: string[];
}

/** Checks a request and translates it into names and limits of Slurm. Throws INVALID_REQUEST that names the field. */
export function readRequest(pool: SlurmPool, request: ProvisionRequest): WantedResource {
  const { customer, project, plan, at } = request;
  if (request.members.length === 0) refuse('members', 'at least one is needed');
  const members = request.members.map((member) => readMember(pool, member));
  for (const field of ['login', 'uid'] as const) {
    if (new Set(members.map((member) => member[field])).size < members.length)
      refuse(field, 'two members share it');
  }
  const about = { resource: request.externalName, customer, project, plan: plan.sku, openedAt: at };
  const names = request.members.map(({ login, name }) => ({ login, name }));
  const name = readExternalName(request.externalName);
  const customerAccount = customerAccountOf(customer.number);
  if (customerAccount === name) refuse('customer.number', 'it is the name of the resource');
  return {
    name,
    customerAccount,
    coreMinutes: coreMinutesOf(request.quantity),
    partitions: partitionsOf(pool, plan.specification),
    members,
    about: `${JSON.stringify({ ...about, members: names }, null, 2)}\n`,
  };
}

/** Account of a customer, above those of its resources. Only the number: a name would be changed by sacctmgr. */
function customerAccountOf(number: string): string {
  if (!/^[A-Z0-9][A-Z0-9-]{0,30}$/i.test(number))
    refuse('customer.number', 'letters, digits and hyphens only');
  return `kb-${number.toLowerCase()}`;
}

/** A plan of one partition has its own price, so its hours must not be used in another. */
function partitionsOf(pool: SlurmPool, { partition }: Record<string, unknown>): string[] {
  if (partition === undefined) return pool.partitions;
  const known = pool.partitions.filter((one) => one === partition);
  return known.length > 0
    ? known
    : refuse('plan.specification.partition', 'none of the partitions of the pool');
}

function readMember(pool: SlurmPool, member: ProvisionRequest['members'][number]): WantedMember {
  const { login, uid, userId } = member;
  if (!/^[a-z][a-z0-9_-]{0,30}$/.test(login))
    refuse('login', 'a small letter, then letters, digits, _ and -');
  if (!Number.isInteger(uid) || uid < pool.uidRange.from || uid > pool.uidRange.to) {
    refuse('uid', `${uid} is outside of the pool's range`);
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(userId)) refuse('userId', 'letters, digits and hyphens only');
  return { login, uid, userId, keys: member.sshKeys.map(readKey) };
}

const keyType =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;

/** A public key without options (they could force a command) and without its comment; the type stands inside as well. */
function readKey(line: string): string {
  const [type = '', data = '', ...comment] = line.trim().split(/[ \t]+/);
  const isOneLine = !/[\r\n\0]/.test(line.trim()) && comment.join(' ').length < 200;
  const bytes = Buffer.from(data, 'base64');
  const length = bytes.length > 4 ? bytes.readUInt32BE(0) : 0;
  const saysItsType = bytes.subarray(4, 4 + length).toString('latin1') === type;
  const isWhole =
    bytes.toString('base64').replace(/=+$/, '') === data.replace(/=+$/, '') && data.length < 4000;
  if (isOneLine && keyType.test(type) && saysItsType && isWhole) return `${type} ${data}`;
  return refuse('sshKeys', 'one line of an OpenSSH public key without options');
}

/** Core-hours as a decimal string in whole core-minutes, Slurm's unit. */
export function coreMinutesOf(coreHours: string): bigint {
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(coreHours) ?? [];
  const billionths = BigInt(whole + fraction.padEnd(9, '0')) * 60n;
  if (whole === '' || billionths === 0n || billionths % 1_000_000_000n !== 0n) {
    refuse('quantity', 'core-hours above 0, in whole core-minutes');
  }
  return billionths / 1_000_000_000n;
}

function refuse(field: string, rule: string): never {
  throw new DriverError('INVALID_REQUEST', 'never', `${field}: ${rule}`);
}
