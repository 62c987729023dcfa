import type { Handler, Queue, Topic } from '#core/contracts/queue.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { aborted, type Worker } from './worker.ts'

export interface Work {
  topic: Topic
  handler: Handler
  concurrency: number
}

/**
 * A worker that handles one queue topic until it is stopped; running handlers are waited for. A `halt` error of one of
 * them is the worker's own: the configuration is wrong, so the next job would meet it too.
 */
export const consumeWorker = (name: string, queue: Queue, work: Work): Worker => ({
  name,
  async run(signal) {
    const halted = Promise.withResolvers<never>()
    async function handler(id: string, stopping: AbortSignal): Promise<void> {
      try {
        await work.handler(id, stopping)
      } catch (thrown) {
        if (asHubError(thrown).recovery === 'halt') halted.reject(thrown)
        throw thrown
      }
    }
    const consumer = queue.consume(work.topic, handler, { concurrency: work.concurrency })
    await Promise.race([aborted(signal), halted.promise]).finally(() => consumer.stop())
  },
})
