import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '#config/load.ts'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import type { Message } from '#core/contracts/store.ts'
import { messageId } from '#core/kernel/ids.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { call } from './call.ts'
import { declaredHub } from './declared.ts'

const SECRET = 'webhook-secret'

/** A whole hub in this process: one shop that sends webhooks, one simulated ERP, orders from one to the other. */
export interface LiveHub {
  hub: Hub
  dataDir: string
  erp: ErpSimulator
  /** A signed webhook of the shop; resolves with its message once that has ended. */
  send(topic: string, payload: unknown): Promise<Message>
  /** `GET /drift` … below `/api/v1`, as an administrator. */
  api(target: string, body?: unknown): Promise<{ status: number; json: unknown }>
  /** Asks until it holds. */
  until(holds: () => Promise<boolean> | boolean): Promise<void>
  /** Ends the hub; what it stored stays in `dataDir`. */
  stop(): Promise<void>
  /** Ends everything and takes the data away. */
  close(): Promise<void>
}

export async function liveHub({ mappingsDir }: { mappingsDir?: string } = {}): Promise<LiveHub> {
  const dataDir = mkdtempSync(join(tmpdir(), 'live-hub-'))
  const erp = createErpSimulator({ random: () => 0.5 })
  const declared = declaredHub({ baseUrl: await erp.listen(), secret: SECRET })
  const config = loadConfig({
    env: { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent' },
    readFile: () => JSON.stringify(declared),
    manifests,
  })
  const hub = await startHub({ ...config, port: 0 }, { mappingsDir })
  const { key } = await hub.base.keys.create({ role: 'admin' })
  let sent = 0
  let stopped: Promise<void> | undefined

  function stop(): Promise<void> {
    stopped ??= hub.stop()
    return stopped
  }

  async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 5))
  }

  return {
    ...{ hub, dataDir, erp, until, stop },
    async send(topic, payload) {
      const event = `event-${++sent}`
      const body = JSON.stringify(payload)
      const answer = await call(`${hub.url}/webhooks/acme-shopify`, {
        method: 'POST',
        body,
        headers: {
          'x-shopify-topic': topic,
          'x-shopify-event-id': event,
          'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(body).digest('base64'),
        },
      })
      if (answer.status !== 200) throw new Error(`The webhook was answered with ${answer.status}.`)
      const id = messageId('acme-shopify', `${topic}|${event}`)
      await until(async () => (await hub.base.store.messages.get(id))?.state !== 'pending')
      return (await hub.base.store.messages.get(id))!
    },
    async api(target, body) {
      const [method, path] = target.split(' ') as [string, string]
      const { status, text } = await call(`${hub.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status, json: JSON.parse(text) }
    },
    async close() {
      await stop()
      await erp.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}
