import { describe, expect, it } from '@jest/globals'
import { errorFor, HTTP_RESPONSES, type ResponseTable } from '#connectors/sdk/index.ts'

const NOW = Date.UTC(2026, 0, 15, 12)
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
  status,
  body,
  headers,
})

describe('errorFor', () => {
  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'UNAUTHORIZED'],
    [408, 'PARTNER_TIMEOUT'],
    [409, 'PARTNER_CONFLICT'],
    [429, 'PARTNER_THROTTLED'],
    [302, 'PARTNER_REDIRECTED'],
    [422, 'PARTNER_REFUSED'],
    [500, 'PARTNER_FAILED'],
    [503, 'PARTNER_FAILED'],
  ])('reads HTTP %i as %s', (status, code) => {
    expect(errorFor(HTTP_RESPONSES, answer(status), NOW)).toMatchObject({ code, status })
  })

  it('retries an answer that no row knows, with a small budget', () => {
    const error = errorFor(HTTP_RESPONSES, answer(200), NOW)
    expect(error).toMatchObject({ code: 'PARTNER_ANSWER_INVALID', recovery: 'retry' })
    expect(error.row.attempts).toBeLessThanOrEqual(12)
  })

  it('takes the first row that fits, status and body', () => {
    const table: ResponseTable = [
      { status: 200, body: body => body === 'slow', code: 'PARTNER_THROTTLED', fingerprint: 'slow' },
      { status: 'any', code: 'PARTNER_REFUSED', detail: body => `It said ${String(body)}.` },
    ]
    expect(errorFor(table, answer(200, 'slow'), NOW)).toMatchObject({
      code: 'PARTNER_THROTTLED',
      fingerprint: 'slow',
    })
    expect(errorFor(table, answer(200, 'no'), NOW)).toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: 'HTTP 200. It said no.',
    })
  })

  it('keeps how long the partner asks to wait, in seconds or as a date', () => {
    expect(errorFor(HTTP_RESPONSES, answer(429, '', { 'retry-after': '7' }), NOW).retryAfterMs).toBe(7_000)
    const date = new Date(NOW + 60_000).toUTCString()
    expect(errorFor(HTTP_RESPONSES, answer(503, '', { 'retry-after': date }), NOW).retryAfterMs).toBe(60_000)
  })

  it('rests as long as the row says where the partner does not', () => {
    const table: ResponseTable = [{ status: 429, code: 'PARTNER_THROTTLED', restMs: 5_000 }]
    expect(errorFor(table, answer(429), NOW).retryAfterMs).toBe(5_000)
    expect(errorFor(table, answer(429, '', { 'retry-after': '7' }), NOW).retryAfterMs).toBe(7_000)
  })
})
