import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jobIdOf, workIdOf } from '#core/queue/bullmq/job-id.ts'

describe('a job id', () => {
  it('leads back to the work id, has no colon and is no number', () => {
    const anyId = fc.string({ unit: fc.constantFrom('~', '0', '1', ':', '.', 'a', 'é') })
    fc.assert(
      fc.property(anyId, id => {
        const jobId = jobIdOf(id)
        expect(workIdOf(jobId)).toBe(id)
        expect(jobId).toMatch(/^\.[^:]*$/)
      }),
    )
  })
})
