import { asHubError, type ConnectorContext } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { loadTogether } from '../load-together.ts'
import type { Cells } from './cells.ts'

export interface Confirmation {
  id: number
  /** External id and the shop's date: confirming sets it to now. */
  dated: Cells
  sending(): void
}

const MOST = 30

/**
 * Confirms a quotation. Over all processes one call at a time: parallel ones reserve more stock than there is. Many in one
 * call are exact.
 */
export async function confirm(confirmation: Confirmation, context: ConnectorContext): Promise<void> {
  await context.together<Confirmation, true>(confirmation, {
    ...{ name: 'confirm', max: MOST, alone: 'stock' },
    send: items => confirmAll(items, context),
  })
  const { dated, sending } = confirmation
  if (Object.keys(dated).length > 1)
    await loadTogether({ model: 'sale.order', record: dated, sending }, context)
}

async function confirmAll(
  items: readonly Confirmation[],
  context: ConnectorContext,
): Promise<(true | Error)[]> {
  const refused = items.map(({ sending }) => {
    try {
      sending()
      return null
    } catch (thrown) {
      return asHubError(thrown)
    }
  })
  const ids = items.filter((_, index) => refused[index] === null).map(({ id }) => id)
  const failed = await confirmIds(ids, context)
  return items.map(({ id }, index) => refused[index] ?? failed.get(id) ?? true)
}

/** One that Odoo refuses refuses all: then each goes by itself. Those that somebody else confirmed meanwhile are fine. */
async function confirmIds(ids: readonly number[], context: ConnectorContext): Promise<Map<number, Error>> {
  const failed = new Map<number, Error>()
  if (ids.length === 0) return failed
  const odoo = odooApi(context)
  try {
    await odoo.call('sale.order', 'action_confirm', { ids })
    return failed
  } catch (thrown) {
    const error = asHubError(thrown)
    const open = error.recovery === 'park' ? await unconfirmed(ids, context) : ids
    if (open.length === 0) return failed
    if (ids.length === 1 || error.recovery !== 'park') return new Map(open.map(id => [id, error]))
    for (const id of open) for (const [one, why] of await confirmIds([id], context)) failed.set(one, why)
    return failed
  }
}

async function unconfirmed(ids: readonly number[], context: ConnectorContext): Promise<number[]> {
  const rows = await odooApi(context).call<{ id: number; state: string }[]>('sale.order', 'read', {
    ...{ ids, fields: ['state'] },
  })
  return rows.filter(({ state }) => state !== 'sale').map(({ id }) => id)
}
