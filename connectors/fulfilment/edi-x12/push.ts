import { createHash } from 'node:crypto'
import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../sdk/index.ts'
import { sendOnce } from './send-once.ts'
import { fromRecord, type Outgoing } from './sets/from-record.ts'
import { GROUP_CODES, LAYOUTS } from './sets/layouts.ts'
import { withLevels } from './sets/levels.ts'
import { ediSettings } from './settings.ts'
import { type Given, nameOf, openSent } from './state/sent.ts'

/** Where a set says what it is for: the codes of a change and of a cancellation. Others are said once. */
const PURPOSE: Readonly<
  Record<string, { segment: string; element: string; change: string; cancel: string }>
> = {
  '855': { segment: 'BAK', element: 'BAK01', change: '05', cancel: '01' },
  '856': { segment: 'BSN', element: 'BSN01', change: '05', cancel: '01' },
  '940': { segment: 'W05', element: 'W0501', change: 'R', cancel: 'F' },
}

/**
 * Gives the partner the sets that the outgoing mapping made of a document: one, or several in `sets`. `reference` is what the
 * partner will call it. The same content again is not sent again; other content is sent as a change, where the set knows one.
 */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { sets, reference, cancelled } = operation.body
  const records = [sets ?? operation.body].flat() as Outgoing[]
  if (typeof reference !== 'string' || reference === '')
    throw new HubError('MAPPING_ABSENT', {
      detail: `The outgoing mapping of ${operation.resource} gives no \`reference\`.`,
      fingerprint: 'x12-reference',
    })
  for (const record of records) await pushSet(record, { operation, context, cancelled: cancelled === true })
  return { externalId: reference }
}

interface Of {
  operation: PushOperation
  context: ConnectorContext
  cancelled: boolean
}

async function pushSet(record: Outgoing, { operation, context, cancelled }: Of): Promise<void> {
  const code = codeOf(record)
  const name = nameOf(operation.idempotencyKey, code)
  const { stateFolder } = ediSettings(context.connection)
  const given = await openSent(stateFolder).given(name)
  const hash = hashOf(record, cancelled)
  const purpose = purposeFor(code, { given, hash, cancelled })
  if (purpose === 'none') return
  const told = purpose === 'original' ? record : withPurpose(record, code, purpose)
  const segments = fromRecord(code === '856' ? withLevels(told) : told, LAYOUTS[code]!)
  if (segments.length === 0)
    throw new HubError('PARTNER_REFUSED', { detail: `The ${code} is empty.`, fingerprint: `x12-${code}` })
  await sendOnce(
    {
      ...{ name, hash, cancelled },
      key: operation.key,
      sets: [{ code, segments }],
      awaited: true,
      sending: operation.sending,
    },
    context,
  )
}

function codeOf({ set }: Outgoing): string {
  if (typeof set === 'string' && Object.hasOwn(GROUP_CODES, set) && set !== '997' && set !== '999') return set
  throw new HubError('DESTINATION_UNSUPPORTED', {
    detail: 'The outgoing mapping names no transaction set that can be sent.',
    fingerprint: 'x12-set',
  })
}

type Purpose = 'original' | 'change' | 'cancel' | 'none'

function purposeFor(
  code: string,
  { given, hash, cancelled }: { given: Given | null; hash: string; cancelled: boolean },
): Purpose {
  const isChange = given !== null && given.hash !== hash
  if (!Object.hasOwn(PURPOSE, code)) return isChange || (cancelled && !given) ? 'none' : 'original'
  // What the partner never heard of needs no cancellation; what was begun is finished under its number.
  if (cancelled) return given ? 'cancel' : 'none'
  return isChange ? 'change' : 'original'
}

function withPurpose(record: Outgoing, code: string, purpose: 'change' | 'cancel'): Outgoing {
  const { segment, element, [purpose]: word } = PURPOSE[code]!
  return { ...record, [segment]: { ...(record[segment] as Outgoing | undefined), [element]: word } }
}

const hashOf = (record: Outgoing, cancelled: boolean): string =>
  createHash('sha256')
    .update(JSON.stringify([record, cancelled]))
    .digest('hex')
