// Jest runs our TypeScript the way Node does: types are blanked out, lines and columns stay where they are.
const { createHash } = require('node:crypto');
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path) =>
    createHash('sha1').update(source).update(path).update(process.version).digest('hex'),
};
