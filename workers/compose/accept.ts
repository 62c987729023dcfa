import type { Manifest } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import { type Accept, createAccept } from '#core/inbox/accept.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'
import type { Base } from './base.ts'

/** The inbox's door, for processes that run the engine and for commands that bring messages beside it. */
export const composeAccept = (base: Base): Accept =>
  createAccept({
    ...base,
    priorityOf: ({ connector, settings = {}, topic, via }) => {
      const manifest = base.connectors.get(connector)?.manifest
      return messagePriority(manifest && resourceOf(manifestFor(manifest, { settings }), topic), via)
    },
  })

function resourceOf({ topics, polls = {} }: Manifest, topic: string): Resource | undefined {
  const polled = Object.entries(polls).find(([, poll]) => poll.topic === topic)
  return topics[topic] ?? (polled?.[0] as Resource | undefined)
}
