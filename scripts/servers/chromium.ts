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

/** Flags that keep a headless Chromium off the network but for the loopback. */
const chromiumFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** What the browser is started with; an error that says what to do when there is none. */
export function chromiumLaunch(): { executablePath: string; args: string[] } {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found: install one, or name it in KBOSS_CHROMIUM');
  return { executablePath, args: chromiumFlags };
}
