import { type Api, type ConnectorContext, createApi, HubError } from '../../sdk/index.ts'
import { responsesOf } from './responses.ts'
import { type AuthSetting, settingsOf } from './settings.ts'

/** The shop's API with the declared credentials. */
export function shopApi(context: ConnectorContext): Api {
  const settings = settingsOf(context.connection)
  const { auth = { kind: 'none' } } = settings
  const options = { baseUrl: settings.baseUrl, responses: responsesOf(settings) }
  if (auth.kind === 'client-credentials') return createApi(context, options)
  const headers = credentials(context, auth)
  const api = createApi(context, { ...options, token: false, headers: () => headers })
  if (auth.kind !== 'query') return api
  const parameter = { [auth.parameter ?? '']: secret(context, 'token') }
  return { call: call => api.call({ ...call, query: { ...call.query, ...parameter } }) }
}

function credentials(context: ConnectorContext, auth: AuthSetting): Record<string, string> {
  switch (auth.kind) {
    case 'bearer':
      return { authorization: `Bearer ${secret(context, 'token')}` }
    case 'header':
      return { [(auth.header ?? '').toLowerCase()]: `${auth.prefix ?? ''}${secret(context, 'token')}` }
    case 'basic': {
      const pair = `${auth.username ?? ''}:${secret(context, 'password')}`
      return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
    }
    default:
      return {}
  }
}

function secret({ connection }: ConnectorContext, name: string): string {
  const value = connection.secrets[name]?.[0]
  if (value) return value
  throw new HubError('UNAUTHORIZED', { detail: `\`auth\` needs the secret \`${name}\`, and there is none.` })
}
