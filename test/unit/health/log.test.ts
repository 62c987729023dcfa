import { describe, expect, it } from '@jest/globals'
import { createLog } from '#core/health/log.ts'

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = []
  createLog('info', { write: line => void lines.push(line) }).info(fields, 'said')
  return lines.join('')
}

describe('the log', () => {
  it('hides secrets and personal data by name, at any depth', () => {
    const line = logged({
      webhookSecret: 'S3',
      headers: { 'x-shopify-hmac-sha256': 'S3' },
      request: { config: { Authorization: 'Bearer S3' } },
      list: [
        { accessToken: 'S3', email: 'S3', shippingAddress: { city: 'S3' }, deep: [{ first_name: 'S3' }] },
      ],
      apiKey: 'S3',
      'x-api-key': 'S3',
      customer: { id: 'S3' },
      body: 'S3',
      phone: 'S3',
      cookie: 'S3',
    })
    expect(line).not.toContain('S3')
    expect(line).toContain('[hidden]')
  })

  it('keeps what operators need', () => {
    const fields = {
      connection: 'erp',
      outcome: 'done',
      ms: 3,
      nested: { status: 201, tags: ['a'] },
      none: null,
    }
    expect(JSON.parse(logged(fields))).toMatchObject({ level: 'info', msg: 'said', ...fields })
  })

  it('writes bytes as their length, errors with their message, and ends in circles', () => {
    const circle: Record<string, unknown> = {
      data: Buffer.from('jane@example.com'),
      error: new Error('broke'),
    }
    circle['self'] = circle
    const line = logged(circle)
    expect(line).toContain('[16 bytes]')
    expect(line).toContain('broke')
    expect(line).toContain('[deep]')
    expect(line).not.toContain('jane')
  })

  it('says nothing below its level', () => {
    const lines: string[] = []
    createLog('error', { write: line => void lines.push(line) }).warn({ event: 'x' }, 'quiet')
    expect(lines).toEqual([])
  })
})
