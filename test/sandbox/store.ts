import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlipayState } from './alipay/trades.ts';
import type { SmsState } from './sms/accounts.ts';
import type { SupplierState } from './supplier/instances.ts';

/** Something to be done later, kept so that a restarted sandbox still does it. */
export interface Task {
  id: string;
  kind: string;
  key: string;
  dueAt: number;
}

export interface SandboxState {
  alipay: AlipayState;
  sms: SmsState;
  supplier: SupplierState;
  tasks: Task[];
  settings: Settings;
}

export interface Settings {
  /** Waits between deliveries of a notification; Alipay's own are 4 m, 10 m, 10 m, 1 h, 2 h, 6 h, 15 h. */
  alipayRetryMilliseconds: number[];
  /** Waits between deliveries of a supplier's callback. */
  supplierRetryMilliseconds: number[];
  /** `real` keeps Aliyun's limits per number, `off` serves tests that sign up often with one number. */
  smsLimits: 'real' | 'off';
}

const minute = 60_000;
const shortestWait = 100;

function emptyState(): SandboxState {
  return {
    alipay: { merchants: {}, trades: {}, sessions: {}, notifications: {} },
    sms: { accounts: {}, messages: [], submissions: [] },
    supplier: { suppliers: {}, instances: {}, callbacks: {} },
    tasks: [],
    settings: {
      alipayRetryMilliseconds: [4, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * minute),
      supplierRetryMilliseconds: [1_000, 5_000, 30_000, 2 * minute, 10 * minute],
      smsLimits: 'real',
    },
  };
}

export interface Store {
  state: SandboxState;
  /** Says that the state changed: it is written soon (sooner while it is small) and on close. */
  changed(): void;
  close(): void;
}

/** The sandbox's memory: one JSON file in the directory, or nothing but memory without one. */
export function openStore(directory: string | undefined): Store {
  const file = directory === undefined ? undefined : join(directory, 'sandbox.json');
  const state = file === undefined ? emptyState() : { ...emptyState(), ...readState(file) };
  let timer: NodeJS.Timeout | undefined;
  let wait = shortestWait;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (file === undefined) return;
    const begun = performance.now();
    writeFileSync(`${file}.next`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.next`, file);
    wait = Math.max(shortestWait, 20 * (performance.now() - begun));
  };
  if (directory !== undefined) mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    state,
    changed: () => {
      timer ??= setTimeout(write, wait);
    },
    close: write,
  };
}

function readState(file: string): Partial<SandboxState> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<SandboxState>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
