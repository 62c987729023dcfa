import { describe, expect, it } from '@jest/globals'
import { createScrubber } from '#connectors/sdk/testkit/recorder/scrub.ts'

const scrub = (value: unknown, secrets: string[] = []) =>
  createScrubber(secrets).value(value) as Record<string, unknown>

describe('the scrubber', () => {
  it('hides secrets by their name and by their value, wherever they stand', () => {
    const scrubbed = scrub({ access_token: 'abc', link: 'https://x.example/?t=s3cr3t-value' }, [
      's3cr3t-value',
    ])
    expect(scrubbed).toEqual({ access_token: '[secret]', link: 'https://x.example/?t=[secret]' })
  })

  it('makes the same person the same one everywhere, also in sentences', () => {
    const scrubbed = scrub({
      customer: { first_name: 'Zoë', last_name: 'Ünlüer', email: 'zoe@buyers.example.net' },
      billing_address: { last_name: 'Ünlüer', name: 'Zoë Ünlüer' },
      history: 'Paid by zoe@buyers.example.net (Ünlüer)',
    })
    const { customer, billing_address, history } = scrubbed as Record<string, Record<string, string>>
    expect(billing_address!['last_name']).toBe(customer!['last_name'])
    expect(String(history)).toBe(`Paid by ${customer!['email']} (${customer!['last_name']})`)
    expect(JSON.stringify(scrubbed)).not.toMatch(/Zoë|Ünlüer|buyers/)
  })

  it('leaves ids, amounts, times and names of things as they are', () => {
    const order = {
      id: 7,
      name: '#1001',
      total: '12.50',
      created_at: '2026-05-12T09:00:00Z',
      lines: [{ name: 'Socks' }],
    }
    expect(scrub(order)).toEqual(order)
  })

  it('keeps the form of codes', () => {
    const { postal_code } = scrub({ postal_code: 'K2P 1L4' })
    expect(postal_code).toMatch(/^[A-Z]\d[A-Z] \d[A-Z]\d$/)
    expect(postal_code).not.toBe('K2P 1L4')
  })

  it('leaves out headers that carry credentials', () => {
    const headers = {
      'content-type': 'application/json',
      'x-shop-hmac-sha256': 'AAA=',
      'set-cookie': 'session=1',
    }
    expect(createScrubber([]).headers(headers)).toEqual({ 'content-type': 'application/json' })
  })
})
