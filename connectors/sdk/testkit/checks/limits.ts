import assert from 'node:assert/strict'
import type { HttpClient, Limits } from '#core/contracts/connector.ts'
import type { Bench } from '../bench/bench.ts'
import type { CheckGroup, Kit } from '../kit.ts'
import { callsOf, canCall } from '../support/calls.ts'

const hasLimits = (kit: Kit): true | string => {
  if (!kit.manifest.limits) return 'The manifest declares no limits.'
  return canCall(kit)
}

const ODD_HEADERS: readonly Record<string, string>[] = [
  {},
  { 'x-ratelimit-remaining': 'many', 'retry-after': '' },
]

export const limits: CheckGroup = {
  name: 'limits',
  checks: [
    {
      name: 'every call has a price in a declared bucket',
      applies: hasLimits,
      async run(kit) {
        const declared = kit.manifest.limits!
        let priced = 0
        for (const call of callsOf(kit)) {
          const bench = await kit.open()
          await call.prepare?.(bench)
          const http = spying(bench.context.http, declared, () => priced++)
          await call.run({ ...bench, context: { ...bench.context, http } } satisfies Bench)
        }
        assert.ok(priced > 0, 'limits.ts: `price` finds no call that costs anything.')
      },
    },
    {
      name: 'an answer that makes no sense teaches nothing',
      applies: ({ manifest: { limits: declared } }) =>
        declared?.read ? true : 'Answers tell nothing of limits.',
      run({ manifest: { limits: declared } }) {
        for (const body of [null, '', 'text', [], { extensions: { cost: 7 } }, { extensions: null }])
          for (const headers of ODD_HEADERS) {
            const reading = declared!.read!({ status: 200, headers, body })
            for (const [name, value] of Object.entries(reading))
              assert.ok(
                value === undefined || Number.isFinite(value),
                `limits.ts reads ${name} as ${value} where nothing is said.`,
              )
          }
      },
    },
  ],
}

/** Asks the limits about every request, as the rate budget does. */
const spying = (http: HttpClient, declared: Limits, onPriced: () => void): HttpClient => ({
  async request(request) {
    const price = declared.price(request)
    if (price) {
      onPriced()
      assert.ok(
        price.bucket in declared.buckets,
        `limits.ts: \`price\` names the bucket ${price.bucket}, which is not declared.`,
      )
      assert.ok(price.cost > 0, `limits.ts: ${price.operation} costs ${price.cost}.`)
    }
    const answer = await http.request(request)
    declared.read?.(answer)
    return answer
  },
})
