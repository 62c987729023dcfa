import { describe, expect, it } from '@jest/globals'
import { unsent } from '#core/sync/unsent.ts'

describe('a delivery while the process stops', () => {
  it('is broken off and begins no send if nothing was sent', () => {
    const stopping = new AbortController()
    const work = unsent(stopping.signal)
    stopping.abort()
    expect(work.signal.aborted).toBe(true)
    expect(() => work.sending()).toThrow(expect.objectContaining({ code: 'SHUTDOWN' }))
  })

  it('is let end if a send has begun', () => {
    const stopping = new AbortController()
    const work = unsent(stopping.signal)
    work.sending()
    stopping.abort()
    expect(work.signal.aborted).toBe(false)
    expect(() => work.sending()).not.toThrow()
  })
})
