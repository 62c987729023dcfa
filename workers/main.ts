import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

// In the project, not in the shared temporary folder: whoever could write there would run code as the hub. Without it, every
// start strips the types of a thousand files again.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/crossdock'))
await import('./run-process.ts')
// Now, and not at the end: a process that is killed has no end.
flushCompileCache()
