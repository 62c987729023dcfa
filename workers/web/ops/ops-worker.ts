import express, { type Router } from 'express'
import { type HttpWorker, httpWorker } from '../http-worker.ts'

/** The little server of a process without the web role: machines ask it the same as they ask the others. */
export function opsWorker({ ops, port }: { ops: Router; port: number }): HttpWorker {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(ops)
  return httpWorker({ name: 'ops', app, port, setting: 'HUB_OPS_PORT' })
}
