import assert from 'node:assert/strict'
import type { RawMessage } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import type { Bench } from '../bench/bench.ts'
import type { Kit } from '../kit.ts'
import { drained, feedsOf, seeded } from './drained.ts'
import { operationOf } from './pushed.ts'
import { sampleMessages } from './sample-messages.ts'
import { decoded } from './translated.ts'

/** A way in which the connector asks its partner for something. */
export interface Call {
  name: 'probe' | 'poll' | 'push' | 'fetch-back' | 'subscribe'
  /** Where to look when it does wrong. */
  file: string
  /** Made before the partner begins to fail. */
  prepare?(bench: Bench): Promise<unknown>
  run(bench: Bench): Promise<unknown>
}

const CALLBACK = 'https://hub.example/in/kit'

/** Every kind of call that this connector makes and that can be made to fail. */
export function callsOf(kit: Kit): Call[] {
  const { connector, conformance } = kit
  const calls: Call[] = []
  if (connector.probe)
    calls.push({ name: 'probe', file: 'probe.ts', run: ({ context }) => connector.probe!(context) })
  if (connector.poll)
    for (const feed of feedsOf(kit).slice(0, 1))
      calls.push({
        name: 'poll',
        file: 'poll.ts',
        prepare: bench => seeded(bench, feed, 2),
        run: bench => drained(kit, bench, { feed }),
      })
  const [resource] = Object.keys(conformance.pushes ?? {}) as Resource[]
  if (connector.push && resource)
    calls.push({
      name: 'push',
      file: 'push.ts',
      run: bench => connector.push!(operationOf(kit, { resource }), bench.context),
    })
  if (conformance.webhooks?.samples.some(({ thin }) => thin)) calls.push(fetchBack(kit))
  if (connector.subscribe)
    calls.push({
      name: 'subscribe',
      file: 'subscribe.ts',
      run: ({ context }) => connector.subscribe!(CALLBACK, context),
    })
  return calls
}

/** The message is there before the partner begins to fail: its signature may need a key that the partner publishes. */
function fetchBack(kit: Kit): Call {
  let message: Promise<RawMessage> | undefined
  const prepare = (bench: Bench) => (message = thinMessage(kit, bench))
  const run = async (bench: Bench) => decoded(kit, bench, await (message ?? prepare(bench)))
  return { name: 'fetch-back', file: 'decode.ts', prepare, run }
}

async function thinMessage(kit: Kit, bench: Bench): Promise<RawMessage> {
  const thin = (await sampleMessages(kit, bench)).find(({ sample }) => sample.thin)
  assert.ok(thin, 'conformance.ts: the thin sample makes no message.')
  return thin.message
}

/** The reason why checks of calls do not apply, or true. */
export function canCall(kit: Kit): true | string {
  if (!kit.conformance.simulator) return 'conformance.ts has no `simulator`.'
  return callsOf(kit).length > 0 ? true : 'The connector asks its partner for nothing.'
}
