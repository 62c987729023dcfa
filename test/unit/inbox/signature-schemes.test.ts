import { describe, expect, it } from '@jest/globals'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
import { verifySignature } from '#core/inbox/signatures/verify.ts'
import { NOW, requestWith, SCHEME_CASES, type SchemeCase } from './signing.ts'

const INVALID = { ok: false, code: 'SIGNATURE_INVALID' }

/** Signs the request as it is, then delivers it with the change. */
async function deliver(
  row: SchemeCase,
  {
    change = {},
    secrets = [row.secret],
    request = requestWith(),
  }: Partial<{
    change: Parameters<typeof requestWith>[0]
    secrets: readonly string[]
    request: ReturnType<typeof requestWith>
  }>,
) {
  const headers = row.sign(request, row.secret)
  return verifySignature(row.scheme, { ...request, headers, ...change }, secrets, row.context)
}

const withHeader = (row: SchemeCase, edit: (value: string) => string) => {
  const headers = row.sign(requestWith(), row.secret)
  return { headers: { ...headers, [row.header]: edit(headers[row.header]!) } }
}

/** Another character, and not just in capitals: hex and scheme names may be written either way. */
const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at]!.toLowerCase() === 'b' ? 'c' : 'b') + text.slice(at + 1)

describe.each(SCHEME_CASES.map((row, index) => [`${row.name} #${index}`, row] as const))(
  '%s',
  (_name, row) => {
    it('accepts what the partner signed', async () => {
      expect(await deliver(row, {})).toEqual({ ok: true })
    })

    it('accepts an empty body and one that is no UTF-8, when they are signed', async () => {
      for (const body of [Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28])]) {
        expect(await deliver(row, { request: requestWith({ body }) })).toEqual({ ok: true })
      }
    })

    it('refuses a request without its header', async () => {
      expect(await deliver(row, { change: { headers: {} } })).toMatchObject({
        ok: false,
        code: 'SIGNATURE_MISSING',
      })
      expect(await deliver(row, { change: withHeader(row, () => '') })).toMatchObject({
        ok: false,
        code: 'SIGNATURE_MISSING',
      })
    })

    // The JSON around an ECDSA signature is not signed; the signature itself has a test of its own.
    if (row.keyedBySecret) {
      it('refuses a header changed in any place', async () => {
        const { length } = row.sign(requestWith(), row.secret)[row.header]!
        for (let at = 0; at < length; at++) {
          const change = withHeader(row, value => flip(value, at))
          expect({ at, ...(await deliver(row, { change })) }).toMatchObject({ at, ok: false })
        }
      })
    }

    it.each([
      ['doubled', (value: string) => `${value}, ${value}`],
      ['truncated', (value: string) => value.slice(0, -3)],
      ['too long', (value: string) => `${value}AAAA`],
      ['a single character', () => '='],
      ['not base64', (value: string) => value.replace(/.$/, '*')],
    ])('refuses a header that is %s', async (_what, edit) => {
      expect(await deliver(row, { change: withHeader(row, edit) })).toMatchObject(INVALID)
    })

    if (row.bodySigned) {
      it.each([
        ['changed', (body: Buffer) => Buffer.from(body.toString().replace('614', '615'))],
        ['re-spaced', (body: Buffer) => Buffer.from(JSON.stringify(JSON.parse(body.toString())))],
        ['one line break longer', (body: Buffer) => Buffer.concat([body, Buffer.from('\n')])],
        ['cut off', (body: Buffer) => body.subarray(0, -1)],
        ['emptied', () => Buffer.alloc(0)],
      ])('refuses a body that was %s', async (_what, edit) => {
        expect(await deliver(row, { change: { body: edit(requestWith().body) } })).toMatchObject(INVALID)
      })
    }

    if (row.keyedBySecret) {
      it('accepts any live secret while one is rotated, in any order', async () => {
        expect(await deliver(row, { secrets: [row.otherSecret, row.secret] })).toEqual({ ok: true })
        expect(await deliver(row, { secrets: [row.secret, row.otherSecret] })).toEqual({ ok: true })
      })

      it('refuses a secret that is no longer live', async () => {
        expect(await deliver(row, { secrets: [row.otherSecret] })).toMatchObject(INVALID)
      })

      it.each([
        ['no secret', []],
        ['an empty secret', ['']],
        ['a blank secret', ['  ']],
      ])('fails closed with %s, even for a request signed with it', async (_what, secrets) => {
        const request = requestWith()
        const headers = row.sign(request, secrets[0] ?? '')
        expect(
          await verifySignature(row.scheme, { ...request, headers }, secrets, row.context),
        ).toMatchObject({ ok: false })
        expect(await deliver(row, { secrets })).toMatchObject(INVALID)
      })

      it('says nothing about the secret or the signature in its refusal', async () => {
        const refusal = JSON.stringify(await deliver(row, { secrets: [row.otherSecret] }))
        for (const value of [row.secret, row.otherSecret, row.sign(requestWith(), row.secret)[row.header]!]) {
          expect(refusal).not.toContain(value)
        }
      })
    }

    const { signAt } = row
    if (signAt) {
      const deliverAt = (seconds: string) => {
        const request = requestWith()
        return verifySignature(
          row.scheme,
          { ...request, headers: signAt(request, row.secret, seconds) },
          [row.secret],
          row.context,
        )
      }

      it.each([-300, 0, 300])('accepts a signed time %i s away', async offset => {
        expect(await deliverAt(String(NOW / 1_000 + offset))).toEqual({ ok: true })
      })

      it.each([-301, 301, -86_400])('refuses a signed time %i s away as stale', async offset => {
        expect(await deliverAt(String(NOW / 1_000 + offset))).toMatchObject({
          ok: false,
          code: 'SIGNATURE_STALE',
        })
      })

      it.each(['hello', '-1', '1e9', '0x10', ' ', '1768478400.5', '9'.repeat(40)])(
        'refuses %j as a time',
        async seconds => {
          expect(await deliverAt(seconds)).toMatchObject(INVALID)
        },
      )
    }
  },
)

describe('schemes with more to them', () => {
  it('Square refuses when the address it signed is not known', () => {
    const square = SCHEME_CASES.find(row => row.name === 'square')!
    const request = requestWith({ url: '' })
    const signed = { ...request, headers: square.sign(request, 'hush') }
    expect(verifySignature(SIGNATURE_SCHEMES.square, signed, ['hush'], { now: NOW })).toMatchObject(INVALID)
  })

  it('Square signs the address: the same body at another address is refused', async () => {
    const square = SCHEME_CASES.find(row => row.name === 'square')!
    expect(await deliver(square, { change: { url: 'https://hub.example/webhooks/other' } })).toMatchObject(
      INVALID,
    )
  })

  it('Walmart signs method and target: neither may change', async () => {
    const walmart = SCHEME_CASES.find(row => row.name === 'walmart')!
    expect(await deliver(walmart, { change: { target: '/webhooks/acme?a=2' } })).toMatchObject(INVALID)
    expect(await deliver(walmart, { change: { method: 'GET' } })).toMatchObject(INVALID)
  })

  it('Standard Webhooks finds its signature among several, padded or not', async () => {
    const shipbob = SCHEME_CASES.find(row => row.name === 'shipbob')!
    const foreign = `v1,${Buffer.alloc(32, 7).toString('base64')}`
    for (const edit of [
      (value: string) => `${foreign} ${value} v2,later`,
      (value: string) => value.replace(/=+$/, ''),
      (value: string) => `v1a,${'A'.repeat(86)}== ${value}`,
    ]) {
      expect(await deliver(shipbob, { change: withHeader(shipbob, edit) })).toEqual({ ok: true })
    }
  })

  it('Standard Webhooks looks at sixteen signatures and no more', async () => {
    const shipbob = SCHEME_CASES.find(row => row.name === 'shipbob')!
    const foreign = `v1,${Buffer.alloc(32, 7).toString('base64')} `
    expect(
      await deliver(shipbob, { change: withHeader(shipbob, value => foreign.repeat(15) + value) }),
    ).toEqual({ ok: true })
    expect(
      await deliver(shipbob, { change: withHeader(shipbob, value => foreign.repeat(16) + value) }),
    ).toMatchObject(INVALID)
  })

  it('Standard Webhooks signs the id: a replay under another id is refused', async () => {
    const etsy = SCHEME_CASES.find(row => row.name === 'etsy')!
    const headers = { ...etsy.sign(requestWith(), etsy.secret), 'webhook-id': 'msg_2' }
    expect(await deliver(etsy, { change: { headers } })).toMatchObject(INVALID)
  })

  it('hex may be written in capitals', async () => {
    const fedex = SCHEME_CASES.find(row => row.name === 'fedex')!
    expect(await deliver(fedex, { change: withHeader(fedex, value => value.toUpperCase()) })).toEqual({
      ok: true,
    })
  })

  it('the names Bearer and Basic are case-insensitive, the other scheme is refused', async () => {
    const ups = SCHEME_CASES.find(row => row.name === 'ups')!
    expect(await deliver(ups, { change: { headers: { authorization: 'bearer hush' } } })).toEqual({
      ok: true,
    })
    expect(await deliver(ups, { change: { headers: { authorization: 'Basic hush' } } })).toMatchObject(
      INVALID,
    )
  })

  it('a token in the address counts once and whole', () => {
    const verify = (target: string) =>
      verifySignature(SIGNATURE_SCHEMES.shippo, requestWith({ target }), ['hush'], { now: NOW })
    expect(verify('/webhooks/acme?token=hush')).toEqual({ ok: true })
    for (const target of [
      '/webhooks/acme',
      '/webhooks/acme?token=',
      '/webhooks/acme?token=hush&token=hush',
      '/w?token=hus',
    ]) {
      expect(verify(target)).toMatchObject({ ok: false })
    }
  })

  it('eBay: an unknown key, a key of another kind and a made-up key id are refused; a failed fetch is no verdict', async () => {
    const ebay = SCHEME_CASES.find(row => row.name === 'ebay')!
    const verify = (fetchKey: NonNullable<typeof ebay.context.fetchKey>) =>
      deliver({ ...ebay, context: { now: NOW, fetchKey } }, {})
    expect(await verify(async () => null)).toMatchObject(INVALID)
    expect(await verify(async () => ({ key: 'no key', digest: 'SHA1' }))).toMatchObject(INVALID)
    expect(await verify(async () => ({ key: 'no key', digest: 'MD5' }))).toMatchObject(INVALID)
    await expect(verify(async () => Promise.reject(new Error('partner down')))).rejects.toThrow(
      'partner down',
    )

    const kid = 'key-1/../../token?x='
    const header = Buffer.from(
      JSON.stringify({ alg: 'ecdsa', kid, signature: 'AAAA', digest: 'SHA1' }),
    ).toString('base64')
    const change = { headers: { 'x-ebay-signature': header } }
    const fetchKey = () => Promise.reject(new Error('asked for a made-up key id'))
    expect(await deliver({ ...ebay, context: { now: NOW, fetchKey } }, { change })).toMatchObject(INVALID)
  })

  it('eBay: a signature changed in any byte is refused', async () => {
    const ebay = SCHEME_CASES.find(row => row.name === 'ebay')!
    const claim = JSON.parse(
      Buffer.from(ebay.sign(requestWith(), '')['x-ebay-signature']!, 'base64').toString(),
    )
    const signature = Buffer.from(claim.signature, 'base64')
    for (let at = 0; at < signature.length; at++) {
      const changed = Buffer.from(signature)
      changed[at]! ^= 1
      const header = Buffer.from(
        JSON.stringify({ ...claim, signature: changed.toString('base64') }),
      ).toString('base64')
      expect(await deliver(ebay, { change: { headers: { 'x-ebay-signature': header } } })).toMatchObject(
        INVALID,
      )
    }
  })

  it('takes a transport that is its own proof', () => {
    expect(verifySignature(SIGNATURE_SCHEMES.amazonSqs, requestWith(), [], { now: NOW })).toEqual({
      ok: true,
    })
  })
})
