import type { SlurmPool } from '../../../domain/resources/slurm.ts';
import { DriverError } from '../driver.ts';
import type { SshConnections } from './connections.ts';
import type { WantedMember, WantedResource } from './request.ts';

/**
 * Scripts are constants; what they work on comes as arguments and standard input, so no name is ever part of a
 * program. Users of the system have no password (`*`), a home of their own and the group of each live resource.
 * Everything that root does runs under one lock, since useradd gives up when another holds the password file.
 */
const openScript = `set -eu
name=$1 homes=$2 projects=$3
shift 3
mkdir -p -m 755 "$homes" "$projects"
umask 077
exec 9>"$projects/.kboss-users.lock"
flock 9
umask 022
getent group "$name" >/dev/null || groupadd "$name"
while [ $# -gt 0 ]; do
  login=$1 uid=$2 comment=$3
  shift 3
  line=$(getent passwd "$login" || true)
  if [ -z "$line" ]; then
    if getent passwd "$uid" >/dev/null; then exit 81; fi
    useradd -u "$uid" -U -m -d "$homes/$login" -s /bin/bash -p '*' -c "$comment" "$login"
    chmod 700 "$homes/$login"
  elif [ "$(printf %s "$line" | cut -d: -f3,5)" != "$uid:$comment" ]; then
    exit 82
  fi
  usermod -e '' "$login"
  id -nG "$login" | tr ' ' '\\n' | grep -qxF -e "$name" || usermod -a -G "$name" "$login"
done
install -d -m 2770 -o root -g "$name" "$projects/$name"
file=$(mktemp "$projects/$name/.about.XXXXXX")
cat > "$file"
chgrp "$name" "$file"
chmod 640 "$file"
mv -f -T "$file" "$projects/$name/about.json"
`;

/** Runs as the member, so that a link in the home leads nowhere that the member could not go anyway. */
const keysScript = `set -eu
umask 077
cd "$1"
mkdir -p .ssh
cd .ssh
{ if [ -f authorized_keys ]; then awk -v mark="$2" '$NF != mark' authorized_keys; fi; cat; } > authorized_keys.kboss
mv -f authorized_keys.kboss authorized_keys
`;

/** Takes a resource's keys and group from its members; whoever has no live resource left is signed out and locked. */
const closeScript = `set -eu
name=$1 projects=$2 keys=$3
umask 077
exec 9>"$projects/.kboss-users.lock"
flock 9
members=$(getent group "$name" | cut -d: -f4 | tr ',' ' ')
for login in $members; do
  line=$(getent passwd "$login") || continue
  uid=$(printf %s "$line" | cut -d: -f3)
  gid=$(printf %s "$line" | cut -d: -f4)
  home=$(printf %s "$line" | cut -d: -f6)
  setpriv --reuid "$uid" --regid "$gid" --clear-groups sh -c "$keys" sh "$home" "kboss:$name" </dev/null || true
  rest=$(id -nG "$login" | tr ' ' '\\n' | grep -e '^kb-' | grep -vxF -e "$name" -e "$login" || true)
  if [ -z "$rest" ]; then
    usermod -e 1 "$login"
    pkill -KILL -U "$uid" || true
  fi
  gpasswd -d "$login" "$name" >/dev/null
done
`;

const lookScript = `set -eu
name=$1 projects=$2
line=$(getent group "$name" || true)
if [ -n "$line" ] && [ -d "$projects/$name" ]; then echo "directory $projects/$name"; fi
for login in $(printf %s "$line" | cut -d: -f4 | tr ',' ' '); do
  getent passwd "$login" | awk -F: '{ print "member " $1 " " $5 }' || true
done
`;

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const script = (text: string, ...words: string[]) => ['env', path, 'sh', '-c', text, 'sh', ...words];
const commentOf = (member: WantedMember) => `kboss ${member.userId}`;

export interface LoginNodeState {
  hasProjectDirectory: boolean;
  members: { login: string; userId: string }[];
}

export class LoginNode {
  readonly #connections: SshConnections;
  readonly #pool: SlurmPool;

  constructor(connections: SshConnections, pool: SlurmPool) {
    this.#connections = connections;
    this.#pool = pool;
  }

  /** Users, their keys, the shared project directory with `about.json`. May be repeated. */
  async open(resource: WantedResource): Promise<void> {
    const { homeRoot, projectRoot } = this.#pool;
    const members = resource.members.flatMap((member) => [
      member.login,
      String(member.uid),
      commentOf(member),
    ]);
    const words = script(openScript, resource.name, homeRoot, projectRoot, ...members);
    const result = await this.#connections.run(this.#pool, words, { input: resource.about });
    if (result.status === 81)
      throw new DriverError('UID_TAKEN', 'never', `a user id of ${resource.name} is taken`);
    if (result.status === 82)
      throw new DriverError('LOGIN_TAKEN', 'never', `a login of ${resource.name} is somebody else's`);
    if (result.status !== 0) {
      throw new DriverError(
        'COMMAND_FAILED',
        'look-up',
        `users of ${resource.name}: ${result.stderr.trim().slice(-500)}`,
      );
    }
    await Promise.all(resource.members.map((member) => this.#writeKeys(resource.name, member)));
  }

  async close(name: string): Promise<void> {
    await this.#connections.must(this.#pool, script(closeScript, name, this.#pool.projectRoot, keysScript));
  }

  async read(name: string): Promise<LoginNodeState> {
    const text = await this.#connections.must(this.#pool, script(lookScript, name, this.#pool.projectRoot));
    const lines = text.split('\n').map((line) => line.split(' '));
    return {
      hasProjectDirectory: lines.some(([kind]) => kind === 'directory'),
      members: lines
        .filter(([kind, , owner]) => kind === 'member' && owner === 'kboss')
        .map(([, login = '', , userId = '']) => ({ login, userId })),
    };
  }

  /** Each resource has lines of its own in the member's file, marked by the comment; other lines stay. */
  async #writeKeys(name: string, { login, uid, keys }: WantedMember): Promise<void> {
    const asMember = ['setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
    const home = `${this.#pool.homeRoot}/${login}`;
    const words = ['env', path, ...asMember, 'sh', '-c', keysScript, 'sh', home, `kboss:${name}`];
    const input = keys.map((key) => `${key} kboss:${name}\n`).join('');
    await this.#connections.must(this.#pool, words, { input });
  }
}
