import { createHash } from 'node:crypto'

/** SQS, standard: at least once, in no certain order; what is received is hidden until its time-out. */
export interface SimQueue {
  send(body: string): void
  receive(most: number, hiddenSeconds: number): Record<string, string>[]
  remove(receipt: string): void
  hide(receipt: string, seconds: number): void
  size(): number
}

interface Item {
  id: string
  body: string
  visibleAt: number
  receipt: string
}

export function createQueue(now: () => number): SimQueue {
  const items: Item[] = []
  let count = 0
  const find = (receipt: string) => items.findIndex(item => item.receipt === receipt)
  return {
    send(body) {
      items.push({ id: `message-${++count}`, body, visibleAt: 0, receipt: '' })
    },
    receive(most, hiddenSeconds) {
      return items
        .filter(({ visibleAt }) => visibleAt <= now())
        .slice(0, most)
        .map(item => {
          item.visibleAt = now() + hiddenSeconds * 1_000
          item.receipt = `receipt-${++count}`
          const MD5OfBody = createHash('md5').update(item.body).digest('hex')
          return { MessageId: item.id, ReceiptHandle: item.receipt, Body: item.body, MD5OfBody }
        })
    },
    remove(receipt) {
      const index = find(receipt)
      if (index >= 0) items.splice(index, 1)
    },
    hide(receipt, seconds) {
      const item = items[find(receipt)]
      if (item) item.visibleAt = now() + seconds * 1_000
    },
    size: () => items.length,
  }
}
