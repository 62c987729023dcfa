import { describe, expect, it } from '@jest/globals'
import { HurriedClock } from '#connectors/sdk/testkit/bench/hurried-clock.ts'
import { isTimeLimit, testHttp } from '#connectors/sdk/testkit/bench/test-context.ts'
import { servePartner } from '#connectors/sdk/testkit/serve-partner.ts'

describe('the clock of the kit', () => {
  it.each([undefined, 60_000])('knows a request under way by its time limit: %s', async timeoutMs => {
    const clock = new HurriedClock(0, () => Number.POSITIVE_INFINITY)
    const http = testHttp(clock, () => 0)
    let seen = false
    const answer = () => {
      seen = clock.isRunning(isTimeLimit)
      return { status: 200 }
    }
    const partner = await servePartner({ routes: [{ method: 'GET', path: /.*/, answer }] })
    try {
      await http.request({ method: 'GET', url: partner.baseUrl, ...(timeoutMs && { timeoutMs }) })
      expect([seen, clock.isRunning(isTimeLimit)]).toEqual([true, false])
    } finally {
      http.close()
      clock.stop()
      await partner.close()
    }
  })
})
