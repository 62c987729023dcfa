import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { receive } from '#connectors/carriers/easypost/receive.ts'
import type { ConnectionView, ConnectorContext, Received } from '#core/contracts/connector.ts'

const SECRET = 'sécret'
const EVENT =
  '{"id":"evt_1","description":"tracker.updated","result":{"weight":614.0,"note":"né","fees":[{"weight": 2.0}]}}'

function delivered(signed: string, sent: string): Promise<Received> | Received {
  const hmac = createHmac('sha256', SECRET.normalize('NFKD')).update(signed).digest('hex')
  const request = {
    ...{ method: 'POST', target: '/in/c', url: 'https://hub.example/in/c', receivedAt: 0 },
    headers: { 'x-hmac-signature': `hmac-sha256-hex=${hmac}` },
    body: Buffer.from(sent),
  }
  const connection = { secrets: { webhookSecret: [SECRET] } } as unknown as ConnectionView
  return receive(request, connection, {} as ConnectorContext)
}

describe('receiving events of EasyPost', () => {
  it('takes bytes as they were signed', async () => {
    expect(await delivered(EVENT, EVENT)).toMatchObject({
      ok: true,
      messages: [{ topic: 'tracker.updated' }],
    })
  })

  it('takes weights whose fraction was lost on the way, and keeps what arrived', async () => {
    const sent = EVENT.replaceAll('.0', '')
    const received = await delivered(EVENT, sent)
    expect(received).toMatchObject({ ok: true, messages: [{ dedupeKey: 'tracker.updated|evt_1' }] })
    expect(received.ok && received.messages[0]!.body.toString()).toBe(sent)
  })

  it.each([
    ['another weight', EVENT.replace('614.0', '615')],
    ['another number beside it', EVENT.replaceAll('.0', '').replace('evt_1', 'evt_2')],
    ['a fraction that was cut', EVENT.replace('614.0', '61')],
  ])('refuses %s', async (_, sent) => {
    expect(await delivered(EVENT, sent)).toMatchObject({ ok: false, code: 'SIGNATURE_INVALID', status: 401 })
  })
})
