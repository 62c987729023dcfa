import type { Queue } from '../../contracts/queue.ts'
import { HubError } from '../../errors/hub-error.ts'
import { sleep } from '../../kernel/clock.ts'
import { BullmqQueue, type BullmqQueueOptions } from './bullmq-queue.ts'
import { type Connection, connectToAsk } from './connect.ts'
import { isRefusal } from './outage.ts'
import { readAddress } from './read-address.ts'
import { withScripts } from './scripts.ts'

export interface OpenBullmqQueueOptions extends Omit<BullmqQueueOptions, 'address' | 'connection'> {
  /** `redis://…` or `rediss://…`, see `readAddress`. */
  url: string
}

const FIRST_ANSWER_MS = 5_000

/**
 * The queue of many processes. A Redis that is away does not keep the hub from starting, since the store has the work;
 * one that refuses the hub does.
 */
export async function openBullmqQueue({ url, ...options }: OpenBullmqQueueOptions): Promise<Queue> {
  const address = readAddress(url)
  const connection = withScripts(connectToAsk(address))
  const queue = new BullmqQueue({ ...options, address, connection })
  const answered = new AbortController()
  const refusal = await Promise.race([
    firstAnswer(connection),
    sleep(options.clock, FIRST_ANSWER_MS, answered.signal).catch(() => undefined),
  ])
  answered.abort()
  if (!refusal) return queue
  await queue.close()
  throw refusal
}

/** Resolves when Redis takes commands, or with the reason why it never will. */
const firstAnswer = (connection: Connection): Promise<HubError | undefined> =>
  new Promise(resolve => {
    connection.once('ready', () => resolve(undefined))
    connection.on('error', (error: Error) => {
      if (isRefusal(error)) resolve(new HubError('QUEUE_REFUSED'))
    })
  })
