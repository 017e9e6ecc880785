/** `npm run doctor`: what was found where, and what to do about what was not. Ends with 1 when `npm start` would fail. */
import { findings, type Finding } from './doctor/findings.ts';

const marks: Record<Finding['state'], string> = { found: '✓', missing: '–', broken: '✗' };

const all = findings();
for (const { state, what, detail, help } of all) {
  console.log(`${marks[state]} ${what.padEnd(30)} ${detail}`);
  if (help) console.log(`  ${''.padEnd(30)} → ${help}`);
}
const broken = all.filter(({ state }) => state === 'broken').length;
console.log(broken === 0 ? '\nnpm start can run here' : `\n${broken} of these keep npm start from running`);
process.exitCode = broken === 0 ? 0 : 1;
