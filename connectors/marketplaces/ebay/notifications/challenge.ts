import { type ConnectionView, challengeResponse, type RawRequest, type Received } from '../../../sdk/index.ts'

/**
 * How eBay proves an address before it sends anything there: `GET ?challenge_code=` wants the digest of code, verification
 * token and address, the address exactly as eBay was given it. Null: the request is none.
 */
export function answerChallenge(request: RawRequest, { secrets }: ConnectionView): Received | null {
  if (request.method !== 'GET') return null
  const [endpoint = '', query = ''] = request.url.split('?', 2)
  const code = new URLSearchParams(query).get('challenge_code')
  if (!code) return null
  const token = secrets['verificationToken']?.[0]
  if (!token)
    return {
      ok: false,
      status: 401,
      code: 'SIGNATURE_MISSING',
      detail: 'The secret `verificationToken` is not set: the address cannot be proven.',
    }
  const body = JSON.stringify({ challengeResponse: challengeResponse(code, token, endpoint) })
  return {
    ok: true,
    messages: [],
    answer: { status: 200, headers: { 'content-type': 'application/json' }, body },
  }
}
