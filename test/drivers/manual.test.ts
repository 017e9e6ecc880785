import { expect, it } from '@jest/globals';
import { manualDriver } from '../../activities/drivers/manual.ts';

it('waits for people, whatever happens around it', async () => {
  const pending = { state: 'pending', waitsFor: 'people' };
  expect(await manualDriver.open({}, {} as Parameters<typeof manualDriver.open>[1])).toEqual(pending);
  expect(await manualDriver.lookUp({}, 'kb-o20261124-7k3qx9md-1')).toEqual(pending);
  await expect(manualDriver.close({}, 'kb-o20261124-7k3qx9md-1')).resolves.toBeUndefined();
});
