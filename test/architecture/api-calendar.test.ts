import { describe, expect, it } from '@jest/globals'
import { CONNECTORS } from '#connectors/registry.ts'
import { apiEnd, SOON_DAYS } from '#core/health/api-end.ts'

/** With the real date, on purpose: it fails when it is time to move to a partner's next version. */
describe('the API calendar', () => {
  const ending = CONNECTORS.filter(({ manifest }) => manifest.api.sunset).map(
    ({ manifest }) => [manifest.id, manifest.api.version, manifest.api.sunset!] as const,
  )

  it.each(ending)('%s: version %s is supported for long enough (until %s)', (_id, _version, sunset) => {
    expect(apiEnd(sunset, Date.now()).daysLeft).toBeGreaterThanOrEqual(SOON_DAYS)
  })
})
