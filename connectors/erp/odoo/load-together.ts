import { asHubError, type ConnectorContext, HubError } from '../../sdk/index.ts'
import { odooApi } from './api.ts'
import { digestOf } from './external-ids.ts'
import type { Cells } from './orders/cells.ts'

/** One record to create or update by its external id, with lines of its own. */
export interface Loading {
  model: string
  /** The first is the `id`. All records with the same columns go out in one call. */
  record: Cells
  /** Columns of the lines: `order_line/…`. */
  lines?: readonly Cells[]
  /** Before the first byte of the call that has this record in it. */
  sending(): void
}

/** So many in one call are six times as fast as one by one; more make one bad row dearer. */
const MOST = 50

/** Creates or updates the record; many of one connection at once are one transaction. Answers with its id. */
export function loadTogether(loading: Loading, context: ConnectorContext): Promise<number> {
  const { fields } = tableOf([loading])
  const name = `load ${loading.model} ${digestOf(...fields)}`
  return context.together<Loading, number>(loading, {
    name,
    max: MOST,
    send: items => sendAll(items, context),
  })
}

/**
 * One bad row refuses all: then each is sent by itself, so that one bad apple stays one. A conflict with another process
 * is left to the retry, which comes at a time of its own.
 */
async function sendAll(items: readonly Loading[], context: ConnectorContext): Promise<(number | Error)[]> {
  const answers = items.map(began)
  const live = items.filter((_, index) => answers[index] === null)
  const sent = await send(live, context).catch(async (thrown: unknown) => {
    const error = asHubError(thrown)
    if (live.length <= 1 || error.recovery !== 'park') return live.map(() => error)
    return oneByOne(live, context)
  })
  return items.map((_, index) => answers[index] ?? sent.shift()!)
}

/** Each by itself; null: it may be sent. */
function began({ sending }: Loading): Error | null {
  try {
    sending()
    return null
  } catch (thrown) {
    return asHubError(thrown)
  }
}

async function oneByOne(items: readonly Loading[], context: ConnectorContext): Promise<(number | Error)[]> {
  const answers: (number | Error)[] = []
  for (const item of items)
    answers.push(
      await send([item], context).then(
        ([id]) => id!,
        (thrown: unknown) => asHubError(thrown),
      ),
    )
  return answers
}

async function send(items: readonly Loading[], context: ConnectorContext): Promise<(number | Error)[]> {
  const first = items[0]
  if (!first) return []
  const ids = await odooApi(context).load(first.model, tableOf(items))
  if (ids.length === items.length) return ids
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: `${first.model}/load: ${ids.length} ids for ${items.length} records.`,
  })
}

/** A record's columns stand in its first row; each further line is a row of its own with empty ones. */
function tableOf(items: readonly Loading[]): { fields: string[]; rows: string[][] } {
  const own = Object.keys(items[0]!.record)
  const ofLines = Object.keys(items[0]!.lines?.[0] ?? {})
  const rows = items.flatMap(({ record, lines = [] }) =>
    (lines.length === 0 ? [undefined] : lines).map((line, index) => [
      ...own.map(column => (index === 0 ? record[column]! : '')),
      ...ofLines.map(column => line?.[column] ?? ''),
    ]),
  )
  return { fields: [...own, ...ofLines], rows }
}
