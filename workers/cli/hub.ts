#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// In the project, not in the shared temporary folder: whoever could write there would run code as the operator.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/crossdock'))
const [{ runHub }, { processWorld }] = await Promise.all([
  import('./run-hub.ts'),
  import('./process-world.ts'),
])
process.exitCode = await runHub(process.argv.slice(2), processWorld())
