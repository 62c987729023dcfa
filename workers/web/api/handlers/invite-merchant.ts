import { type Asked, checkWish } from '#core/accounts/oauth/check-wish.ts'
import type { Handler } from '../route.ts'

interface Body extends Omit<Asked, 'settings'> {
  settings?: Asked['settings']
}

export const inviteMerchant: Handler = async (call, deps) => {
  const { settings = {}, ...rest } = call.body as Body
  const wish = await checkWish(
    { ...deps, tenants: deps.config.tenants },
    { ...rest, settings },
    call.principal,
  )
  const { url, expiresAt } = await deps.connect.invite(wish)
  const detail = { connector: wish.connector, tenant: wish.tenant }
  await deps.record(call.principal, { action: 'connection.invite', subject: wish.connection, detail })
  return { url, expiresAt }
}
