import type { SlurmAccess, SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError, type Driver, type Provisioned } from '../driver.ts';
import { SlurmAccounting, type AccountingState } from './accounting.ts';
import { SshConnections } from './connections.ts';
import { LoginNode, type LoginNodeState } from './login-node.ts';
import { fingerprintOf, readExternalName, readPool } from './pool.ts';
import { readRequest, type WantedResource } from './request.ts';

/** A change that slurmdbd reports as made may be lost by a deadlock in its database; then it is made again. */
const attempts = 3;

/** Steps of `open` in the order in which they end; after any of them a crash is mended by calling `open` again. */
export type SlurmStep = 'customer-account' | 'qos' | 'login-node' | 'account' | 'members';

/**
 * Opens core-hours on a Slurm cluster over ssh: one account per resource below one per customer, its QOS with all that
 * was bought, a system user per member, a project directory. Everything is named after `externalName`, so a repeated
 * call finds what is there; what counts is read back, never what a command said.
 */
export class SlurmDriver implements Driver<SlurmPool> {
  readonly #connections = new SshConnections();
  readonly #afterStep: (step: SlurmStep) => void;

  /** `afterStep` lets a test break off between two steps. */
  constructor(afterStep: (step: SlurmStep) => void = () => {}) {
    this.#afterStep = afterStep;
  }

  async open(settings: SlurmPool, request: Parameters<Driver['open']>[1]): Promise<Provisioned> {
    const pool = readPool(settings);
    const wanted = readRequest(pool, request);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await this.#make(pool, wanted);
      const [state, node] = await this.#read(pool, wanted.name);
      assertCompatible(state, wanted);
      const isThere = isComplete(state, wanted) && node.hasProjectDirectory;
      if (isThere) return provisioned(pool, wanted.name, state, node);
    }
    const text = `${wanted.name} is not on ${pool.cluster} as it was asked for`;
    throw new DriverError('NOT_CONFIRMED', 'look-up', text);
  }

  /** `absent` also when only a part is there (then `open` finishes it) and after a release. */
  async lookUp(settings: SlurmPool, externalName: string): ReturnType<Driver['lookUp']> {
    const pool = readPool(settings);
    const name = readExternalName(externalName);
    const [state, node] = await this.#read(pool, name).catch(asSafe);
    const isOpen =
      state.qos?.coreMinutes && state.accountQos === name && !state.isLocked && node.hasProjectDirectory;
    return isOpen && state.members.length > 0 ? provisioned(pool, name, state, node) : { state: 'absent' };
  }

  /** Locks the account, cancels its jobs, takes keys out; data and the records of what was used stay. */
  async close(settings: SlurmPool, externalName: string): Promise<void> {
    const pool = readPool(settings);
    const name = readExternalName(externalName);
    const accounting = new SlurmAccounting(this.#connections, pool);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { qos } = await accounting.read(name).catch(asSafe);
      // Also where nothing is yet: an `open` that is still under way somewhere must not succeed later.
      if (qos === undefined) await accounting.addQos({ name, coreMinutes: 0n });
      await accounting.lockAccount(name);
      const after = await accounting.read(name).catch(asSafe);
      const isClosed = (after.parent === undefined || after.isLocked) && after.qos?.coreMinutes === 0n;
      if (isClosed) return new LoginNode(this.#connections, pool).close(name);
    }
    throw new DriverError('NOT_CONFIRMED', 'safe', `${name} is still open on ${pool.cluster}`);
  }

  /** Makes what is missing, from the top of the tree of accounts down. */
  async #make(pool: SlurmPool, wanted: WantedResource): Promise<void> {
    const accounting = new SlurmAccounting(this.#connections, pool);
    const before = await accounting.read(wanted.name);
    assertCompatible(before, wanted);
    await Promise.all([
      this.#step('customer-account', () => accounting.ensureCustomerAccount(wanted.customerAccount)),
      this.#step('qos', async () => before.qos ?? (await accounting.addQos(wanted))),
      this.#step('login-node', () => new LoginNode(this.#connections, pool).open(wanted)),
    ]);
    await this.#step('account', async () => before.parent ?? (await accounting.addAccount(wanted)));
    await this.#step('members', async () => {
      if (!isComplete(before, wanted)) await accounting.addMembers(wanted);
    });
  }

  /** Ends the connections that are kept open between calls. */
  disconnect(): Promise<void> {
    return this.#connections.close();
  }

  #read(pool: SlurmPool, name: string): Promise<[AccountingState, LoginNodeState]> {
    const node = new LoginNode(this.#connections, pool);
    return Promise.all([new SlurmAccounting(this.#connections, pool).read(name), node.read(name)]);
  }

  async #step(step: SlurmStep, act: () => Promise<unknown>): Promise<void> {
    await act();
    this.#afterStep(step);
  }
}

/** The same name with other contents is an error, and what was released stays released. */
function assertCompatible(state: AccountingState, wanted: WantedResource): void {
  const { name, coreMinutes, customerAccount } = wanted;
  if (state.isLocked || state.qos?.coreMinutes === 0n)
    throw new DriverError('CLOSED', 'never', `${name} was released`);
  const differs =
    (state.qos !== undefined &&
      (state.qos.coreMinutes !== coreMinutes || !state.qos.flags.includes('NoDecay'))) ||
    (state.parent !== undefined && (state.parent !== customerAccount || state.accountQos !== name));
  if (differs) throw new DriverError('OPENED_DIFFERENTLY', 'never', `${name} is there with other contents`);
}

function isComplete(state: AccountingState, { name, members, partitions }: WantedResource): boolean {
  const isThere = (login: string, partition: string) =>
    state.members.some((one) => one.login === login && one.partition === partition && one.qos === name);
  return (
    state.qos !== undefined &&
    state.accountQos === name &&
    members.every(({ login }) => partitions.every((partition) => isThere(login, partition)))
  );
}

function provisioned(
  pool: SlurmPool,
  name: string,
  state: AccountingState,
  node: LoginNodeState,
): Provisioned {
  const logins = new Set(state.members.map((member) => member.login));
  const members = node.members.filter(({ login }) => logins.has(login));
  const login = members[0]?.login ?? '';
  const used = new Set(state.members.map((member) => member.partition));
  const partitions = pool.partitions.filter((partition) => used.has(partition));
  const access: SlurmAccess = {
    host: pool.host,
    port: pool.port,
    hostKeyFingerprint: fingerprintOf(pool.hostKey),
    login,
    members,
    cluster: pool.cluster,
    account: name,
    qos: name,
    partitions,
    coreHours: hoursOf(state.qos?.coreMinutes ?? 0n),
    projectDirectory: `${pool.projectRoot}/${name}`,
    connectCommand: `ssh -p ${pool.port} ${login}@${pool.host}`,
    firstJobCommand: `srun --account=${name} --partition=${partitions[0]} --time=1 hostname`,
  };
  const facts = { cluster: pool.cluster, account: name, qos: name, customerAccount: state.parent ?? '' };
  return { state: 'active', access: { ...access }, facts };
}

/** Core-minutes as core-hours: 90 → 1.5. */
function hoursOf(minutes: bigint): string {
  const billionths = (minutes * 1_000_000_000n) / 60n;
  const digits = billionths.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

/** Reading, and releasing by name, may be repeated without thought. */
function asSafe(error: unknown): never {
  if (error instanceof DriverError && error.retry === 'look-up') {
    throw new DriverError(error.code, 'safe', error.message, { cause: error });
  }
  throw error;
}
