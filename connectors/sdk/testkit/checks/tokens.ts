import assert from 'node:assert/strict'
import type { CheckGroup, Kit } from '../kit.ts'
import { callsOf } from '../support/calls.ts'

const AT_ONCE = 10

const renews = ({ manifest, conformance }: Kit): true | string => {
  if (manifest.auth?.kind !== 'oauth2') return 'The partner gives no tokens that end.'
  return conformance.simulator ? true : 'conformance.ts has no `simulator`.'
}

export const tokens: CheckGroup = {
  name: 'tokens',
  checks: [
    {
      name: 'a token that ended is renewed once, though ten calls need it',
      applies: renews,
      async run(kit) {
        const bench = await kit.open()
        const { simulator } = bench
        assert.ok(
          simulator?.expireTokens && simulator.tokensGiven,
          'conformance.ts: the simulator needs `expireTokens` and `tokensGiven`.',
        )
        await kit.connector.probe!(bench.context)
        simulator.expireTokens()
        const before = simulator.tokensGiven()
        await Promise.all(Array.from({ length: AT_ONCE }, () => kit.connector.probe!(bench.context)))
        const given = simulator.tokensGiven() - before
        assert.equal(
          given,
          1,
          `${AT_ONCE} calls renewed the token ${given} times; take it from context.token() and hand the refused one back.`,
        )
      },
    },
    {
      name: 'every kind of call survives a token that ended',
      applies: renews,
      async run(kit) {
        for (const call of callsOf(kit)) {
          const bench = await kit.open()
          await call.prepare?.(bench)
          bench.simulator?.expireTokens?.()
          try {
            await call.run(bench)
          } catch (thrown) {
            assert.fail(`${call.name}: ${call.file} does not renew its token: ${(thrown as Error).message}`)
          }
        }
      },
    },
  ],
}
