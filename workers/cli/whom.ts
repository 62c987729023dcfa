import type { Whom } from '#core/accounts/privacy/whom.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { recordsOf } from '#core/sync/interpret.ts'
import type { Base } from '../compose/base.ts'

export interface WhomOptions {
  request?: string
  connection?: string
  customer?: readonly string[]
  email?: readonly string[]
  phone?: readonly string[]
  order?: readonly string[]
  everybody?: boolean
}

/** Whom a command is about: as the partner's request says, or as its options do. */
export async function whomOf(base: Base, options: WhomOptions): Promise<Whom> {
  if (options.request !== undefined) return requested(base, options.request)
  const { connection: id = '', customer, email, phone, order, everybody } = options
  const connection = await base.directory.get(id)
  if (!connection) throw new HubError('INPUT_INVALID', { detail: `There is no connection “${id}”.` })
  const whom = { connection: id, tenant: connection.tenant }
  if (everybody) return whom
  const [ids = [], emails = [], phones = [], orders = []] = [customer, email, phone, order]
  if ([ids, emails, phones, orders].every(given => given.length === 0))
    throw new HubError('INPUT_INVALID', {
      detail: 'Say who: --request, --customer, --email, --phone or --order.',
    })
  return { ...whom, person: { ids, emails, phones, orders } }
}

async function requested(base: Base, id: string): Promise<Whom> {
  const message = await base.store.messages.get(id)
  if (!message) throw new HubError('NOT_FOUND', { detail: `Message “${id}”.` })
  if (message.erased)
    throw new HubError('INPUT_INVALID', { detail: 'That request is done, and its payload erased.' })
  const connection = await base.directory.get(message.connection)
  const connector = connection && base.connectors.get(connection.connector)
  if (!connector) throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${message.connection}”.` })
  const decoded = await recordsOf(connector, message, () =>
    base.contextFor(connection, new AbortController().signal),
  )
  if (!('skip' in decoded) || !decoded.privacy)
    throw new HubError('INPUT_INVALID', { detail: `Message “${id}” asks for nothing in a person’s name.` })
  return { connection: connection.id, tenant: connection.tenant, person: decoded.privacy.person }
}
