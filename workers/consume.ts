import type { Handler, Queue, Topic } from '#core/contracts/queue.ts'
import { aborted, type Worker } from './worker.ts'

/** A worker that handles one queue topic until it is stopped; running handlers are waited for. */
export const consumeWorker = (
  name: string,
  queue: Queue,
  work: { topic: Topic; handler: Handler; concurrency: number },
): Worker => ({
  name,
  async run(signal) {
    const consumer = queue.consume(work.topic, work.handler, { concurrency: work.concurrency })
    await aborted(signal)
    await consumer.stop()
  },
})
