import { HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'

interface Body {
  payload: string
  encoding: 'utf8' | 'base64'
}

export const editPayload: Handler = async ({ params, principal, body }, { operations }) => {
  const { payload, encoding } = body as Body
  if (encoding === 'base64' && !BASE64.test(payload))
    throw new HubError('INPUT_INVALID', { detail: '`payload` is not base64.' })
  return { result: await operations.editPayload(params['id']!, Buffer.from(payload, encoding), principal) }
}

/** Node decodes anything and leaves out what it does not know. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
