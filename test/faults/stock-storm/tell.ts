import { createHmac } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { call } from '../../support/call.ts'
import { SECRET } from './declared.ts'

export interface Told {
  url: string
  connection: string
  event: 'order.created' | 'stock.counted'
  body: Record<string, unknown>
}

const REPEAT_MS = 50

let deliveries = 0

/** A signed webhook, again until there is a 2xx. */
export async function tell({ url, connection, event, body }: Told): Promise<void> {
  const text = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    'x-event': event,
    'x-delivery': `delivery-${++deliveries}`,
    'x-signature': createHmac('sha256', SECRET).update(text).digest('hex'),
  }
  for (;;) {
    const { status } = await call(`${url}/webhooks/${connection}`, { method: 'POST', headers, body: text })
    if (status >= 200 && status < 300) return
    if (status >= 400 && status < 500) throw new Error(`The hub refused a good webhook: ${status}.`)
    await pause(REPEAT_MS)
  }
}
