import { openLedger } from '../../db/ledger/ledger.ts';
import type { SaleMode } from '../../domain/pricing/leg.ts';
import { saleOf } from '../support/ledger.ts';

/** What a process of its own is told to sell, by its first argument. */
export interface Job {
  url: string;
  supplier: string;
  sellers: string[];
  modes: SaleMode[];
  customer: string;
  orderNo: string;
  lines: number[];
  callers: number;
}

/** Sells the lines in the order given and prints each one's number once it is acknowledged. */
async function main(): Promise<void> {
  const job = JSON.parse(process.argv[2]!) as Job;
  const ledger = openLedger(job.url);
  const lines = [...job.lines];
  const caller = async (): Promise<void> => {
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      const outcome = await ledger.sell(saleOf(job, job.customer, job.orderNo, line, 100n));
      process.stdout.write(`${line} ${outcome.outcome}\n`);
    }
  };
  await Promise.all(Array.from({ length: job.callers }, caller));
  await ledger.close();
}

await main();
