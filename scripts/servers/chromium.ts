import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The browser of the journeys and screenshots: KBOSS_CHROMIUM, else one on PATH or where Debian puts it. */
export function findChromium(): string | undefined {
  const named = process.env.KBOSS_CHROMIUM;
  if (named) return named;
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).find(existsSync);
}
