import type { IncomingMessage } from 'node:http';

declare global {
  namespace App {
    interface Error {
      message: string;
      status: number;
      /** Code of our error registry; absent for pages that do not exist. */
      code?: string;
      requestId?: string;
      /** Name of the permission that is missing, in the caller's language. */
      permission?: string;
    }
    interface Platform {
      /** With the headers that make a call to our own api count as this visitor's (`api/visitor.ts`). */
      req: IncomingMessage & { innerHeaders?: Readonly<Record<string, string>> };
    }
  }
}

export {};
