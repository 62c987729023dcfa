import {
  type Api,
  type ApiCall,
  type ConnectorContext,
  createApi,
  errorFor,
  HubError,
} from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { errorsIn, responses } from './responses.ts'
import { squareSettings } from './settings.ts'

/** Members of any Square object; every one may be missing. */
export type SquareRecord = Record<string, unknown>

/** With the merchant's token; `token`: with the app's own. */
export function squareApi(context: ConnectorContext, token?: string): Api {
  const api = createApi(context, {
    baseUrl: `${squareSettings(context.connection).apiBaseUrl.replace(/\/+$/, '')}/v2`,
    token: token === undefined,
    headers: merchants => ({
      authorization: `Bearer ${token ?? merchants}`,
      'square-version': API_VERSION,
    }),
    responses,
  })
  return {
    /** Square also reports errors in answers with 200. */
    async call<T>(call: ApiCall) {
      const answer = await api.call<T>(call)
      if (errorsIn(answer.body).length > 0) throw errorFor(responses, answer, context.now())
      if (typeof answer.body !== 'object' || answer.body === null)
        throw new HubError('PARTNER_ANSWER_INVALID', {
          detail: `${call.path.split('?')[0]}: the answer is empty.`,
          status: answer.status,
        })
      return answer
    },
  }
}

/** A search or a look-up: it changes nothing, though it is a POST. */
export async function search<T>(api: Api, path: string, body: SquareRecord): Promise<T> {
  return (await api.call<T>({ method: 'POST', path, body, safeToRepeat: true })).body
}

/** The one object that an answer is about; without it, it is no answer. */
export function memberOf<T>(body: Readonly<Record<string, T | undefined>>, name: string): T {
  const member = body[name]
  if (typeof member === 'object' && member !== null) return member
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `The answer holds no ${name}.`, fingerprint: name })
}
