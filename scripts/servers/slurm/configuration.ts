import { join } from 'node:path';
import type { ClusterPorts, Layout } from './layout.ts';
import { nodeNames } from './layout.ts';

export interface ClusterPlan {
  name: string;
  ports: ClusterPorts;
  accountingPort: number;
  isolated: boolean;
  /** Slurm's PriorityDecayHalfLife; usage under a limit of an association fades with it. */
  decayHalfLife: string;
}

/** Clusters' directories and files, in one place for the templates and for those that write them. */
export function clusterPaths(layout: Layout, name: string) {
  const directory = join(layout.root, name);
  const configuration = join(directory, 'etc', 'slurm.conf');
  return {
    directory,
    configuration,
    sshd: join(directory, 'etc', 'sshd_config'),
    key: join(directory, 'etc', 'host_key'),
  };
}

export const mungeSocket = (layout: Layout): string => join(layout.root, 'munge', 'munge.sock');
export const mariadbSocket = (layout: Layout): string => join(layout.root, 'db', 'socket', 'mysql.sock');
export const adminKey = (layout: Layout): string => join(layout.root, 'keys', 'admin');

/** slurmdbd finds this beside SLURM_CONF; it must be 0600 and Slurm's own. */
export function slurmdbdConf(layout: Layout, port: number, password: string): string {
  return `AuthType=auth/munge
AuthInfo=socket=${mungeSocket(layout)}
DbdHost=${layout.shortHostName}
DbdAddr=127.0.0.1
DbdPort=${port}
SlurmUser=slurm
LogFile=${layout.root}/db/log/slurmdbd.log
PidFile=${layout.root}/db/run/slurmdbd.pid
DebugLevel=info
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StoragePass=${password}
StorageLoc=slurm_acct
PrivateData=accounts,events,jobs,reservations,usage,users
`;
}

/** Six nodes of eight cores on one host: Debian's slurmd is built with MULTIPLE_SLURMD. Times are for a quick demo. */
export function slurmConf(layout: Layout, plan: ClusterPlan): string {
  const { directory } = clusterPaths(layout, plan.name);
  const node = (name: string, more: string) =>
    `NodeName=${name} NodeHostname=${layout.shortHostName} NodeAddr=127.0.0.1 Port=${plan.ports.nodes[name]} ` +
    `CPUs=8 Sockets=1 CoresPerSocket=8 ThreadsPerCore=1 ${more}`;
  const weights = 'CPU=1.0,Mem=0.25G';
  return `ClusterName=${plan.name}
SlurmctldHost=${layout.shortHostName}(127.0.0.1)
SlurmctldPort=${plan.ports.controller}
SlurmdPort=${plan.ports.nodes.c1}
${plan.isolated ? '' : 'CommunicationParameters=NoCtldInAddrAny,NoInAddrAny\n'}SlurmUser=slurm
AuthType=auth/munge
AuthInfo=socket=${mungeSocket(layout)}
StateSaveLocation=${directory}/state
SlurmdSpoolDir=${directory}/spool/%n
SlurmctldPidFile=${directory}/run/slurmctld.pid
SlurmdPidFile=${directory}/run/slurmd-%n.pid
SlurmctldLogFile=${directory}/log/slurmctld.log
SlurmdLogFile=${directory}/log/slurmd-%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=30
InactiveLimit=0
KillWait=2
OverTimeLimit=0
MinJobAge=300
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1,requeue_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
DefMemPerCPU=100
GresTypes=gpu
PriorityType=priority/multifactor
PriorityWeightAge=1000
PriorityWeightFairshare=10000
PriorityWeightQOS=100000
PriorityDecayHalfLife=${plan.decayHalfLife}
PriorityCalcPeriod=1
PreemptType=preempt/qos
PreemptMode=REQUEUE
PrivateData=jobs,usage,users,accounts,reservations
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=${plan.accountingPort}
AccountingStoragePass=${mungeSocket(layout)}
AccountingStorageEnforce=associations,limits,qos,safe
AccountingStorageTRES=gres/gpu,gres/gpu:h100
AccountingStoreFlags=job_comment
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
MaxNodeCount=20
${nodeNames.map((name) => (name.startsWith('g') ? node(name, 'RealMemory=8000 Gres=gpu:h100:4') : node(name, 'RealMemory=4000'))).join('\n')}
PartitionName=cpu Nodes=c[1-4] Default=YES MaxTime=1-0 DefaultTime=10 TRESBillingWeights="${weights}"
PartitionName=gpu Nodes=g[1-2] MaxTime=1-0 DefaultTime=10 TRESBillingWeights="${weights},GRES/gpu=16.0"
`;
}

export function gresConf(layout: Layout): string {
  return `NodeName=g[1-2] Name=gpu Type=h100 File=${layout.root}/dev/gpu[0-3]\n`;
}

/** Up to 23.02 only v1 and v2 exist, and v2 wants systemd over D-Bus; since 23.11 there is "disabled". */
export function cgroupConf(version: string): string {
  const [year = 0, month = 0] = version.split('.').map(Number);
  return `CgroupPlugin=${year > 23 || (year === 23 && month >= 11) ? 'disabled' : 'cgroup/v1'}\n`;
}

/** The login node of one cluster: customers by their own keys, the administrative login by the driver's. */
export function sshdConf(layout: Layout, plan: ClusterPlan): string {
  const { configuration, key } = clusterPaths(layout, plan.name);
  return `Port ${plan.ports.ssh}
ListenAddress ${plan.isolated ? layout.addresses.inside : '127.0.0.1'}
HostKey ${key}
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AuthorizedKeysFile ${layout.root}/keys/authorized/%u .ssh/authorized_keys
Subsystem sftp internal-sftp
SetEnv SLURM_CONF=${configuration} TZ=UTC LANG=C.UTF-8
MaxStartups 50:30:100
GatewayPorts no
X11Forwarding no
PrintMotd no
UseDNS no
`;
}
