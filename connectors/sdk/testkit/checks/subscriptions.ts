import assert from 'node:assert/strict'
import type { Bench } from '../bench/bench.ts'
import type { CheckGroup, Kit } from '../kit.ts'

const OURS = 'https://hub.example/in/kit-ours'
const THEIRS = 'https://elsewhere.example/in/somebody-else'

const subscribes = ({ connector, conformance }: Kit): true | string => {
  if (!connector.subscribe) return 'The connector keeps no subscriptions.'
  return conformance.simulator ? true : 'conformance.ts has no `simulator`.'
}

const held = ({ simulator }: Bench) => {
  assert.ok(
    simulator?.subscriptions,
    'conformance.ts: the simulator has no `subscriptions`, and the connector subscribes.',
  )
  return simulator.subscriptions()
}

const subscribe = ({ connector }: Kit, { context }: Bench, url = OURS) => connector.subscribe!(url, context)

export const subscriptions: CheckGroup = {
  name: 'subscriptions',
  checks: [
    {
      name: 'creates what is missing',
      applies: subscribes,
      async run(kit) {
        const bench = await kit.open()
        const { created } = await subscribe(kit, bench)
        assert.ok(created.length > 0, 'subscribe.ts creates nothing where nothing is.')
        assert.ok(
          held(bench).length > 0,
          'subscribe.ts says that it created subscriptions; the partner has none.',
        )
        assert.ok(
          held(bench).every(({ url }) => url.startsWith(OURS)),
          'subscribe.ts registers another address than it was given.',
        )
      },
    },
    {
      name: 'finds all present the second time',
      applies: subscribes,
      async run(kit) {
        const bench = await kit.open()
        const first = await subscribe(kit, bench)
        const count = held(bench).length
        const { present, created, repaired } = await subscribe(kit, bench)
        assert.deepEqual(
          [created, repaired],
          [[], []],
          'subscribe.ts creates or repairs what is as it should be.',
        )
        assert.deepEqual(
          present.toSorted(),
          first.created.toSorted(),
          'subscribe.ts does not find what it created.',
        )
        assert.equal(
          held(bench).length,
          count,
          'subscribe.ts leaves more subscriptions behind with every run.',
        )
      },
    },
    {
      name: 'brings back what the partner dropped',
      applies: subscribes,
      async run(kit) {
        const bench = await kit.open()
        await subscribe(kit, bench)
        const count = held(bench).length
        assert.ok(
          bench.simulator?.dropSubscriptions,
          'conformance.ts: the simulator has no `dropSubscriptions`.',
        )
        bench.simulator.dropSubscriptions()
        const { created, repaired } = await subscribe(kit, bench)
        assert.ok(
          created.length + repaired.length > 0,
          'subscribe.ts does not see that subscriptions lapsed.',
        )
        assert.equal(held(bench).length, count, 'subscribe.ts does not bring back all that lapsed.')
        const again = await subscribe(kit, bench)
        assert.deepEqual(
          [again.created, again.repaired],
          [[], []],
          'subscribe.ts repairs the same thing again and again.',
        )
      },
    },
    {
      name: 'leaves those of others alone',
      applies: subscribes,
      async run(kit) {
        const bench = await kit.open()
        await subscribe(kit, bench, THEIRS)
        const theirs = held(bench).filter(({ url }) => url.startsWith(THEIRS))
        await subscribe(kit, bench)
        const left = held(bench).filter(({ url }) => url.startsWith(THEIRS))
        assert.equal(
          left.length,
          theirs.length,
          'subscribe.ts takes over or removes subscriptions of another address.',
        )
      },
    },
  ],
}
