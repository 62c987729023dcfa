import { describe, expect, it } from '@jest/globals'
import { isFirstReading } from '#core/sync/first-reading.ts'

const tried = (...outcomes: (string | undefined)[]) => ({
  attempts: outcomes.map((outcome, at) => ({ at, outcome })),
})
const running = undefined

describe('the first reading of a message', () => {
  it.each<[string, (string | undefined)[]]>([
    ['that just arrived', [running]],
    ['whose partner did not answer before', ['PARTNER_TIMEOUT', running]],
    ['in which the process died before', [running, running]],
  ])('is that of one %s', (_name, outcomes) => expect(isFirstReading(tried(...outcomes))).toBe(true))

  it.each(['done', 'skipped', 'stale', 'MAPPING_TABLE_MISS', 'DOCUMENT_INVALID'])(
    'is over once it ended as %s, whatever came between',
    outcome => expect(isFirstReading(tried(outcome, 'PARTNER_TIMEOUT', running))).toBe(false),
  )

  it('is none of what an operator wrote', () =>
    expect(
      isFirstReading({ ...tried(running), edited: { body: Buffer.from('{}'), by: 'key-1', at: 0 } }),
    ).toBe(false))
})
