import type { SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError } from '../driver.ts';
import type { SshConnections } from './connections.ts';
import type { WantedResource } from './request.ts';

/** What slurmdbd says of a resource; everything is undefined or empty where there is nothing yet. */
export interface AccountingState {
  /** Account above the resource's; undefined when the resource has no account on this cluster. */
  parent?: string;
  accountQos?: string;
  /** Submissions are locked, which only `lockAccount` does. */
  isLocked: boolean;
  qos?: { coreMinutes: bigint | undefined; flags: string[] };
  members: { login: string; partition: string; qos: string; defaultQos: string }[];
}

/** The lock lies on the shared file system, readable by root alone: who can read a file can lock it. */
const oneByOne = `mkdir -p -m 755 "$1" && umask 077 && lock="$1/.kboss-accounting.lock" && shift && exec flock -w 50 "$lock" "$@"`;

export class SlurmAccounting {
  readonly #connections: SshConnections;
  readonly #pool: SlurmPool;

  constructor(connections: SshConnections, pool: SlurmPool) {
    this.#connections = connections;
    this.#pool = pool;
  }

  /** Reads account, members and QOS of a resource (two questions at once, 0.3 s). */
  async read(name: string): Promise<AccountingState> {
    const columns = 'Account,ParentName,User,Partition,QOS,DefaultQOS,GrpSubmitJobs';
    const [associations, qualities] = await Promise.all([
      this.#table([
        'assoc',
        'where',
        `account=${name}`,
        `cluster=${this.#pool.cluster}`,
        `format=${columns}`,
      ]),
      this.#table(['qos', 'where', `name=${name}`, 'format=Name,Flags,GrpTRESMins']),
    ]);
    const own = associations.filter((row) => row[0] === name);
    const account = own.find((row) => row[2] === '');
    const quality = qualities.find((row) => row[0] === name);
    return {
      parent: account?.[1],
      accountQos: account?.[4],
      isLocked: account?.[6] === '0',
      ...(quality && { qos: { coreMinutes: minutesOf(quality[2]), flags: (quality[1] ?? '').split(',') } }),
      members: own
        .filter((row) => row[2] !== '')
        .map(([, , login = '', partition = '', qos = '', defaultQos = '']) => ({
          login,
          partition,
          qos,
          defaultQos,
        })),
    };
  }

  /** An account above all resources of a customer; nobody may use it by itself. */
  async ensureCustomerAccount(account: string): Promise<void> {
    const isThere = async () => {
      const cluster = `cluster=${this.#pool.cluster}`;
      const rows = await this.#table([
        'assoc',
        'where',
        `account=${account}`,
        cluster,
        'format=Account,User',
      ]);
      return rows.some((row) => row[0] === account && row[1] === '');
    };
    if (await isThere()) return;
    const result = await this.#change([
      'add',
      'account',
      account,
      this.#cluster,
      'Organization=kboss',
      `Description=${account}`,
    ]);
    if (result.status !== 0 && !(await isThere())) throw refused('customer account', account, result);
  }

  /**
   * All that was bought, as a limit that never decays: usage under a limit of an association fades with
   * PriorityDecayHalfLife, which would give computing time away. DenyOnLimit refuses at once what can never run.
   */
  async addQos({ name, coreMinutes }: Pick<WantedResource, 'name' | 'coreMinutes'>): Promise<void> {
    await this.#change(['add', 'qos', name, `GrpTRESMins=cpu=${coreMinutes}`, 'Flags=NoDecay,DenyOnLimit']);
  }

  /** The resource's account has its QOS and no other, so that nothing can be run outside of what was bought. */
  async addAccount({ name, customerAccount }: WantedResource): Promise<void> {
    const qos = [`QOS=${name}`, `DefaultQOS=${name}`];
    const words = ['add', 'account', name, this.#cluster, `Parent=${customerAccount}`, 'Organization=kboss'];
    await this.#change([...words, `Description=${name}`, ...qos]);
  }

  /** All members in one statement, thus all or none: after it the resource counts as open. */
  async addMembers({ name, members, partitions }: WantedResource): Promise<void> {
    const logins = members.map((member) => member.login).join(',');
    const where = `Partition=${partitions.join(',')}`;
    await this.#change(['add', 'user', logins, `Account=${name}`, this.#cluster, where]);
  }

  /** No job may be submitted any more; what runs or waits is cancelled; nothing is left of what was bought. */
  async lockAccount(name: string): Promise<void> {
    await this.#change([
      'modify',
      'account',
      'where',
      `name=${name}`,
      `cluster=${this.#pool.cluster}`,
      'set',
      'GrpSubmitJobs=0',
    ]);
    await this.#connections.run(this.#pool, ['scancel', `--account=${name}`]);
    await this.#change(['modify', 'qos', 'where', `name=${name}`, 'set', 'GrpTRESMins=cpu=0']);
  }

  get #cluster(): string {
    return `Cluster=${this.#pool.cluster}`;
  }

  async #table(words: string[]): Promise<string[][]> {
    const text = await this.#connections.must(this.#pool, [
      'sacctmgr',
      '--noheader',
      '--parsable2',
      'show',
      ...words,
    ]);
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => line.split('|').map((cell) => cell.trim()));
  }

  /**
   * Changes go one after the other, whichever worker or cluster they come from: two at the same time meet a deadlock in
   * slurmdbd's database, which then says 0 for an association that it lost (22.05: 19 of 40). Status 1 also means
   * "already so", in words that differ by version. Therefore callers read back.
   */
  #change(words: string[]) {
    const change = ['sacctmgr', '--immediate', '--quiet', ...words];
    return this.#connections.run(this.#pool, ['sh', '-c', oneByOne, 'sh', this.#pool.projectRoot, ...change]);
  }
}

function minutesOf(limits: string | undefined): bigint | undefined {
  const [, minutes] = /(?:^|,)cpu=(\d+)(?:,|$)/.exec(limits ?? '') ?? [];
  return minutes === undefined ? undefined : BigInt(minutes);
}

function refused(what: string, name: string, result: { stderr: string; stdout: string }): DriverError {
  const said = (result.stderr || result.stdout).trim().slice(-300);
  return new DriverError('COMMAND_FAILED', 'look-up', `${what} ${name} was not made: ${said}`);
}
