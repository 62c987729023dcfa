import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import type { HubError } from '#core/errors/hub-error.ts'
import { asQueueError, isRefusal, Outage } from '#core/queue/bullmq/outage.ts'

describe('an outage of the queue', () => {
  it('is told of once, and its end once', () => {
    const said: string[] = []
    const outage = new Outage({
      onOutage: ({ detail }) => said.push(detail),
      onRecovery: () => said.push('back'),
    })
    outage.end()
    for (const reason of ['OOM command not allowed', 'READONLY You can’t write'])
      outage.begin(new Error(reason))
    outage.end()
    outage.end()
    outage.begin(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
    expect(said).toEqual(['OOM.', 'back', 'ECONNREFUSED.'])
  })

  it('shows nothing of the command that failed', () => {
    const refused = Object.assign(new Error('WRONGPASS invalid username-password pair'), {
      command: { name: 'auth', args: ['hub', 's3cret'] },
    })
    const error: HubError = asQueueError(refused)
    expect(isRefusal(refused)).toBe(true)
    expect(error).toMatchObject({ code: 'QUEUE_UNAVAILABLE', detail: 'WRONGPASS.' })
    expect(inspect(error, { depth: 5 })).not.toContain('s3cret')
  })
})
