import {
  asHubError,
  type ConnectorContext,
  HubError,
  type PushOperation,
  sendBegun,
} from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'

interface Validation {
  operation: Pick<PushOperation, 'sending'>
  ids: readonly number[]
}

/** Many in one call are five times as fast; the call is one transaction. */
const MOST = 30

/**
 * Validates transfers: what is picked leaves, a back-order keeps the rest. One call at a time over all processes, many
 * transfers in it: parallel ones reserve more stock than there is. One that is done already stays as it is.
 */
export async function validate(
  ids: readonly number[],
  operation: Pick<PushOperation, 'sending'>,
  context: ConnectorContext,
): Promise<void> {
  await context.together<Validation, true>(
    { operation, ids },
    {
      ...{ name: 'validate', max: MOST, alone: 'stock' },
      send: items => sendBegun(items, begun => validateAll(begun, context)),
    },
  )
}

/** One that Odoo refuses refuses all: then each goes by itself. */
async function validateAll(
  items: readonly Validation[],
  context: ConnectorContext,
): Promise<(true | Error)[]> {
  const error = await tried(
    items.flatMap(({ ids }) => ids),
    context,
  )
  if (error === null) return items.map(() => true)
  if (items.length === 1 || error.recovery !== 'park') return items.map(() => error)
  const answers: (true | Error)[] = []
  for (const { ids } of items) answers.push((await tried(ids, context)) ?? true)
  return answers
}

async function tried(ids: readonly number[], context: ConnectorContext): Promise<HubError | null> {
  try {
    const answer = await odooApi(context).call<unknown>('stock.picking', 'button_validate', {
      ...{ ids: [...new Set(ids)], context: { skip_backorder: true, skip_sms: true } },
    })
    return answer === true ? null : asks(answer)
  } catch (thrown) {
    return asHubError(thrown)
  }
}

/** 200, and nothing is validated: a dialogue that only a person can answer. */
function asks(answer: unknown): HubError {
  const { res_model: model, name } = Object(answer) as { res_model?: unknown; name?: unknown }
  return new HubError('PARTNER_REFUSED', {
    detail: `Odoo asks before it validates: ${String(name ?? model ?? 'a dialogue')}.`,
    status: 200,
    fingerprint: `odoo asks ${String(model ?? '')}`,
  })
}
