const browsers: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/MicroMessenger/, '微信 WeChat'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** "Chrome · Windows" for a user agent; the agent itself when nothing is known in it. */
export function deviceName(agent: string): string {
  const known = [browsers, systems].flatMap(
    (list) => list.find(([pattern]) => pattern.test(agent))?.[1] ?? [],
  );
  return known.join(' · ') || agent.slice(0, 60) || '—';
}
