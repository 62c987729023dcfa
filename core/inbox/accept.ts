import type { ConnectionView, RawMessage } from '../contracts/connector.ts'
import type { Queue } from '../contracts/queue.ts'
import type { Messages, NewMessage } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import { messageId } from '../kernel/ids.ts'
import { inLaneOf } from '../kernel/lane.ts'
import type { Probe } from '../kernel/probe.ts'
import { createHeaderRedaction } from './redact-headers.ts'

/** The one door of the hub: webhooks, polls and pulls all end here. */
export type Accept = (
  connection: { id: string; tenant: string; connector: string; settings?: ConnectionView['settings'] },
  via: 'webhook' | 'poll' | 'pull' | 'backfill',
  messages: readonly RawMessage[],
  receivedAt: number,
) => Promise<{ stored: number; duplicates: number; ids: string[] }>

export interface AcceptDependencies {
  store: { readonly messages: Pick<Messages, 'insert'> }
  queue: Pick<Queue, 'enqueue'>
  telemetry: Telemetry
  probe: Probe
  /** `messagePriority` of the resource that the topic becomes. */
  priorityOf: (
    message: Pick<NewMessage, 'topic' | 'via'> & {
      connector: string
      settings?: ConnectionView['settings']
    },
  ) => number
}

/** Resolves when every message is durable; rejects if one is not, and what was stored before stays stored. */
export function createAccept({ store, queue, telemetry, probe, priorityOf }: AcceptDependencies): Accept {
  const redact = createHeaderRedaction()

  const insert = async (message: NewMessage): Promise<'stored' | 'duplicate'> => {
    const result = await inLaneOf(message.priority ?? 0, () => store.messages.insert(message))
    if (result === 'stored') {
      const probed = probe('accept:stored', message.id)
      if (probed) await probed
      wake(message)
    }
    return result
  }

  // Not awaited: the message is safe, and without its job the sweeper finds it. The partner must not wait for the queue.
  const wake = (message: NewMessage): void => {
    queue.enqueue('translate', message.id, { priority: message.priority }).catch((error: unknown) => {
      telemetry.log('warn', 'the queue did not take a job; the sweeper will', {
        message: message.id,
        error: String(error),
      })
    })
  }

  return async (connection, via, messages, receivedAt) => {
    const { id, tenant, connector, settings } = connection
    const arrived = messages.map(
      ({ topic, dedupeKey, eventAt, headers, body }): NewMessage => ({
        id: messageId(id, dedupeKey),
        tenant,
        connection: id,
        topic,
        via,
        priority: priorityOf({ connector, settings, topic, via }),
        dedupeKey,
        receivedAt,
        ...(eventAt === undefined ? {} : { eventAt }),
        headers: redact(headers),
        body,
      }),
    )
    const results = await Promise.all(arrived.map(insert))
    const stored = results.filter(result => result === 'stored').length
    const duplicates = results.length - stored
    if (stored > 0) telemetry.count('received_total', { connection: id, via, result: 'stored' }, stored)
    if (duplicates > 0)
      telemetry.count('received_total', { connection: id, via, result: 'duplicate' }, duplicates)
    return { stored, duplicates, ids: arrived.map(message => message.id) }
  }
}
