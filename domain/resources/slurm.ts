/**
 * One Slurm cluster as KBOSS opens accounts on it: the settings of its pool row (sealed there, decrypted by the
 * caller). How to fill it in for an existing cluster, and what rights the login needs: docs/slurm.md.
 */
export interface SlurmPool {
  /** Slurm's ClusterName; every change is limited to it, since a slurmdbd may serve several. */
  cluster: string;
  /** Login node, for customers and for the driver alike. */
  host: string;
  port: number;
  /** The only host key accepted, as in known_hosts: `ssh-ed25519 AAAA…`. */
  hostKey: string;
  /** Login with root's rights on the login node and Slurm's Administrator level. */
  adminLogin: string;
  /** OpenSSH or PEM private key without a pass phrase. */
  adminPrivateKey: string;
  /** Where bought core-hours may be used, or the plan's `partition` alone; elsewhere the account does not exist. */
  partitions: string[];
  /** User ids that are KBOSS's alone, both ends included. */
  uidRange: { from: number; to: number };
  /** Directories on the shared file system below which homes and project directories are made. */
  homeRoot: string;
  projectRoot: string;
}

/** Access information of core-hours on a Slurm cluster. */
export interface SlurmAccess {
  host: string;
  port: number;
  /** `SHA256:…`, as ssh shows it at the first connection. */
  hostKeyFingerprint: string;
  /** Login of the first member; all are in `members`. */
  login: string;
  members: { userId: string; login: string }[];
  cluster: string;
  account: string;
  qos: string;
  partitions: string[];
  /** Bought core-hours, decimal string. */
  coreHours: string;
  projectDirectory: string;
  /** Commands to copy: to sign in, and to run a first job. */
  connectCommand: string;
  firstJobCommand: string;
}
