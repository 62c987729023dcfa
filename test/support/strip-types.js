import { createHash } from 'node:crypto'
import { stripTypeScriptTypes } from 'node:module'

/** Jest transform: the same type stripping that Node itself does, so tests run the code that production runs. */
export default {
  process: source => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
  getCacheKey: (source, path) =>
    createHash('sha256').update(process.version).update(path).update(source).digest('hex'),
}
