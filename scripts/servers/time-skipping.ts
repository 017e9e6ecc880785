import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';

/** Version of the Java test server of Temporal, in which a timer of thirty days passes in half a second. */
const version = '1.38.0';

const directory = (): string => join(cacheDirectory(), `temporal-test-server-${version}`);

/** The executable that stands for the Java server, when it was made already. */
export function findTimeSkippingServer(): string | undefined {
  const program = join(directory(), 'temporal-test-server');
  return existsSync(program) ? program : undefined;
}

/**
 * The executable to give to `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type:
 * 'existing-path', path } } })`. The jars (38 MB) come once through Maven into our cache. The script replaces
 * itself by the JVM (`exec`), since the SDK kills only the process that it started.
 */
export function ensureTimeSkippingServer(say: (sentence: string) => void): string {
  const found = findTimeSkippingServer();
  if (found) return found;
  const missing = ['java', 'mvn'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length > 0) {
    throw new Error(
      `The time-skipping Temporal server needs ${missing.join(' and ')}. ` +
        'On Debian or Ubuntu: apt-get install -y --no-install-recommends default-jre-headless maven',
    );
  }
  say(`fetching the time-skipping Temporal server ${version} through Maven, once`);
  mkdirSync(cacheDirectory(), { recursive: true });
  const work = mkdtempSync(join(cacheDirectory(), 'time-skipping-'));
  try {
    writeFileSync(join(work, 'pom.xml'), project);
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    const outcome = spawnSync('mvn', ['-q', '-B', goal, '-DincludeScope=runtime', '-DoutputDirectory=lib'], {
      cwd: work,
      encoding: 'utf8',
    });
    if (outcome.status !== 0)
      throw new Error(`Maven could not fetch the server:\n${outcome.stdout.slice(-3000)}`);
    writeFileSync(join(work, 'temporal-test-server'), script, { mode: 0o755 });
    rmSync(directory(), { recursive: true, force: true });
    renameSync(work, directory());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(directory(), 'temporal-test-server');
}

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kboss</groupId><artifactId>time-skipping</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
`;

const script = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Djava.net.preferIPv4Stack=true \\
  -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`;
