import type { Queue, Topic } from '#core/contracts/queue.ts'
import { until } from '../../support/until.ts'

const TOPICS: Topic[] = ['translate', 'deliver', 'publish']

/** How often it must be seen at rest: what ended may be wanted once more, and that takes one more round trip. */
const LOOKS = 3

/** A queue of another process, seen from outside: knows when nothing is about to happen in it. */
export class WatchedQueue implements Queue {
  readonly #queue: Queue
  readonly #room: Record<Topic, number> = { translate: 0, deliver: 0, publish: 0 }
  readonly #running: Record<Topic, number> = { translate: 0, deliver: 0, publish: 0 }
  readonly #paused = new Set<Topic>()
  #events = 0

  constructor(queue: Queue) {
    this.#queue = queue
  }

  enqueue: Queue['enqueue'] = (topic, id, options) => this.#queue.enqueue(topic, id, options)
  stats: Queue['stats'] = () => this.#queue.stats()
  ping: Queue['ping'] = () => this.#queue.ping()
  close: Queue['close'] = () => this.#queue.close()

  consume: Queue['consume'] = (topic, handler, options) => {
    const counted: typeof handler = async (id, signal) => {
      this.#events++
      this.#running[topic]++
      await handler(id, signal).finally(() => {
        this.#events++
        this.#running[topic]--
      })
    }
    this.#room[topic] += options.concurrency
    const consumer = this.#queue.consume(topic, counted, options)
    return {
      stop: () => {
        this.#room[topic] -= options.concurrency
        return consumer.stop()
      },
    }
  }

  pause: Queue['pause'] = topic => {
    this.#paused.add(topic)
    return this.#queue.pause(topic)
  }

  resume: Queue['resume'] = topic => {
    this.#paused.delete(topic)
    return this.#queue.resume(topic)
  }

  /** Every job that may start has started, and all that ended is known to have. */
  async settled(): Promise<void> {
    let looks = 0
    let events = -1
    await until(async () => {
      looks = (await this.#rests()) && events === this.#events ? looks + 1 : 0
      events = this.#events
      return looks === LOOKS
    })
  }

  async #rests(): Promise<boolean> {
    const { topics } = await this.stats()
    return TOPICS.every(topic => {
      const { waiting, running } = topics[topic]
      const mayStart = !this.#paused.has(topic) && this.#running[topic] < this.#room[topic]
      return running === this.#running[topic] && (waiting === 0 || !mayStart)
    })
  }
}
