import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { orderMessages, orderWorkflowId } from '../../domain/orders.messages.ts';
import { aTrade, type Trade } from '../support/trade.ts';
import { waitFor } from '../support/wait.ts';

let trade: Trade;

beforeAll(async () => {
  trade = await aTrade();
  await trade.work();
}, 60_000);
afterAll(async () => {
  await trade?.close();
});

/** The queries as an operator copies them out of the document. */
const document = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');
const queries = [
  ...document
    .split(/^## /m)
    .find((part) => part.includes('five saved queries'))!
    .matchAll(/^\|[^|]+\| `([^`]+)`/gm),
].map((match) => match[1]!);

test('the server takes all five, and finds an order by its number', async () => {
  expect(queries).toHaveLength(5);
  const { number } = await trade.submit(trade.tree.customer, [
    { planId: trade.catalogue.hpc.planId, quantity: '10', priceSeen: '76' },
  ]);
  const found = async (query: string): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { workflowId } of trade.client.workflow.list({ query })) ids.push(workflowId);
    return ids;
  };
  for (const query of queries) await found(query);
  const byNumber = queries.find((query) => query.startsWith('KbossNo'))!.replace(/'O[^']+'/, `'${number}'`);
  await waitFor('the order is found', async () => (await found(byNumber)).includes(orderWorkflowId(number)));
  await trade.client.workflow
    .getHandle(orderWorkflowId(number))
    .executeUpdate(orderMessages.cancel, { args: [{ userId: 'u' }] });
}, 60_000);
