import { describe, expect, it } from '@jest/globals'
import type { LiveConnection } from '#core/accounts/directory.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { checkCalendar } from '#workers/cli/doctor/check-calendar.ts'

const NOW = Date.UTC(2026, 10, 21)

function checked(sunset?: string) {
  const { manifest } = oauthConnector()
  const api = { ...manifest.api, version: '2026-10', ...(sunset ? { sunset } : {}) }
  const connectors = new Map([['boutique', { manifest: { ...manifest, api } }]])
  const shops = ['a', 'b'].map(id => ({ id, connector: 'boutique' }) as LiveConnection)
  return checkCalendar({ connectors }, shops, NOW)
}

describe('hub doctor, of partners’ API versions', () => {
  it.each([
    [undefined, { ok: true, detail: 'version 2026-10; no end is known' }],
    ['2027-10-01', { ok: true, detail: expect.stringContaining('in 314 days') }],
    ['2027-01-01', { ok: true, warning: true, detail: expect.stringContaining('in 41 days') }],
    ['2026-11-01', { ok: false, detail: expect.stringContaining('ended it on 2026-11-01') }],
  ])('that end on %s', (sunset, expected) => {
    expect(checked(sunset)).toEqual([{ name: 'API of boutique', fix: expect.any(String), ...expected }])
  })
})
