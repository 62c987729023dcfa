import type { Request } from 'express'
import { coerce } from '#config/coerce.ts'
import { checkWish } from '#core/accounts/oauth/check-wish.ts'
import { allows } from '#core/accounts/roles.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { authenticate } from '../api/authenticate.ts'
import type { Failures } from '../api/failures.ts'
import type { ConnectPageDeps } from './create-connect.ts'

interface Beginning {
  request: Request
  browser: string
  failures: Failures
}

/** By an invitation, or as somebody who is signed in and may connect: `?connection=`, `tenant=`, and settings by their names. */
export async function begin(
  { request, browser, failures }: Beginning,
  deps: ConnectPageDeps,
): Promise<{ url: string }> {
  const connector = String(request.params['connector'])
  const { invitation, connection, tenant, ...rest } = textsOf(request.query)
  if (invitation !== undefined) return deps.connect.accept(connector, invitation, browser)
  const principal = await authenticate(request, { ...deps, failures })
  if (!allows(principal.role, 'connections'))
    throw new HubError('NOT_ALLOWED', { detail: `“${principal.role}” may not connect stores.` })
  const settings = coerce(deps.connectors.get(connector)?.manifest.settings, rest) as Record<string, unknown>
  const asked = { connector, connection: connection ?? '', tenant: tenant || undefined, settings }
  const wish = await checkWish({ ...deps, tenants: deps.config.tenants }, asked, principal)
  return deps.connect.begin(wish, browser)
}

/** One value a name; a field that was left empty is as good as none. */
const textsOf = (query: Request['query']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => {
      const [, value] = entry
      return typeof value === 'string' && value !== ''
    }),
  )
