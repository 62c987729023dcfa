import {
  type ConnectorContext,
  type Decoded,
  decodeX12,
  type ErrorCode,
  exponentOf,
  HubError,
  parseJson,
  type RawMessage,
  type X12Group,
  type X12Interchange,
  type X12Set,
} from '../../sdk/index.ts'
import { verdictOf } from './acknowledge/functional.ts'
import { groupWord, isAccepted } from './acknowledge/settle.ts'
import { PROBLEM } from './read-file.ts'
import { withAmounts } from './sets/amounts.ts'
import { x12Instant } from './sets/dates.ts'
import { LAYOUTS } from './sets/layouts.ts'
import { noticesOf } from './sets/ship-notice.ts'
import { stocksOf } from './sets/stocks.ts'
import { sayErrors } from './sets/syntax.ts'
import { type Node, toRecord } from './sets/to-record.ts'
import { ediSettings } from './settings.ts'
import { type Gap, openReceived } from './state/received.ts'
import { openSent } from './state/sent.ts'
import { ACKNOWLEDGEMENT_MISSING, ACKNOWLEDGEMENT_TA1, CONTROL_GAP } from './topics.ts'

type Decode = (message: RawMessage, context: ConnectorContext) => Promise<Decoded> | Decoded

const SPECIAL: Readonly<Record<string, Decode>> = {
  [CONTROL_GAP]: gap,
  [ACKNOWLEDGEMENT_MISSING]: missing,
  [ACKNOWLEDGEMENT_TA1]: ta1,
  '997': acknowledgement,
  '999': acknowledgement,
}

/** One transaction set as records that a mapping can read; the partner’s words on what we sent are counted or parked. */
export function decode(message: RawMessage, context: ConnectorContext): Promise<Decoded> | Decoded {
  const special = Object.hasOwn(SPECIAL, message.topic) ? SPECIAL[message.topic] : undefined
  const { [PROBLEM.code]: code, [PROBLEM.detail]: detail } = message.headers
  if (code && (code !== 'CONTROL_NUMBER_REUSED' || isStrict(context)))
    throw new HubError(code as ErrorCode, { detail, fingerprint: detail?.replace(/\d+/g, '#') })
  return special ? special(message, context) : documents(message, context)
}

const isStrict = ({ connection }: ConnectorContext): boolean =>
  ediSettings(connection).controlNumbers === 'strict'

function documents({ body }: RawMessage, context: ConnectorContext): Decoded {
  const records = setsOf(body).flatMap(one => recordsOf(one, context))
  if (records.length > 0) return { records }
  throw new HubError('BODY_UNREADABLE', { detail: 'It holds no transaction set.', fingerprint: 'x12-empty' })
}

interface OneSet {
  interchange: X12Interchange
  group: X12Group
  set: X12Set
}

function setsOf(body: Buffer): OneSet[] {
  return decodeX12(body).flatMap(interchange =>
    interchange.groups.flatMap(group => group.sets.map(set => ({ interchange, group, set }))),
  )
}

function recordsOf({ interchange, group, set }: OneSet, context: ConnectorContext): Node[] {
  const { utcOffset, syntaxErrors } = ediSettings(context.connection)
  const grave = set.problems.find(problem => problem.grave)
  if (grave)
    throw new HubError('BODY_UNREADABLE', { detail: grave.message, fingerprint: `x12-${grave.code}` })
  const { verdict, errors } = verdictOf(set, syntaxErrors)
  if (verdict === 'R' && errors.length > 0)
    throw new HubError('BODY_UNREADABLE', { detail: `${sayErrors(errors)}.`, fingerprint: 'x12-syntax' })
  if (errors.length > 0)
    context.log('warn', 'a transaction set breaks the syntax', { set: set.code, problem: sayErrors(errors) })
  const control: Node = {
    ...{ sender: group.sender, receiver: group.receiver, version: group.version },
    ...{ senderId: interchange.sender.id, receiverId: interchange.receiver.id },
    ...{ interchange: interchange.control, group: group.control, set: set.control },
    at: x12Instant(group.date, group.time, utcOffset),
    usage: interchange.test ? 'T' : 'P',
  }
  const record = { set: set.code, control, ...toRecord(set.segments, LAYOUTS[set.code] ?? [], utcOffset) }
  return SHAPES[set.code]?.(record, context) ?? [record]
}

/** Sets whose records are not the set as it stands: several documents in one, or sums that only exact arithmetic gives. */
const SHAPES: Readonly<Record<string, (record: Node, context: ConnectorContext) => Node[]>> = {
  '846': stocksOf,
  '850': (record, { connection }) => {
    const { CUR02 } = (record['CUR'] ?? {}) as { CUR02?: string }
    return [withAmounts(record, exponentOf(CUR02 ?? ediSettings(connection).currency) ?? 2)]
  },
  '856': noticesOf,
}

const ACCEPTED = (detail: string): Decoded => ({ skip: 'ACKNOWLEDGED', detail })

/** 997 and 999: accepted groups are counted, refused ones are a dead letter that names the document. */
async function acknowledgement({ body }: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const { stateFolder } = ediSettings(context.connection)
  const words = setsOf(body).map(({ set }) => groupWord(set.segments))
  const said = words.find(word => word !== null && !isAccepted(word.word)) ?? words[0]
  if (!said)
    throw new HubError('BODY_UNREADABLE', { detail: 'The 997 has no AK1 and AK9.', fingerprint: 'x12-997' })
  const control = Number(said.control)
  const sent = Number.isInteger(control) ? await openSent(stateFolder).find(control) : null
  const group = sent ? `${sent.set} ${sent.control} (${sent.key})` : 'a group that we do not know'
  if (isAccepted(said.word)) return ACCEPTED(`The partner acknowledged ${group} with ${said.word}.`)
  throw new HubError('PARTNER_REFUSED', {
    detail: `The partner answered ${group} with ${said.word.slice(0, 2)}: ${said.details.slice(0, 8).join(', ')}.`,
    fingerprint: `997-${said.word.slice(0, 2)}`,
  })
}

/** TA104: A accepted, E with errors, R rejected as a whole. */
function ta1({ body }: RawMessage): Decoded {
  const [segment] = decodeX12(body).flatMap(({ acknowledgements }) => acknowledgements)
  const [control = '', , , word = '', code = ''] = segment?.elements.map(element => element.trim()) ?? []
  const number = control.replace(/\D/g, '').slice(0, 9)
  if (isAccepted(word)) return ACCEPTED(`The partner got interchange ${number} (${word}).`)
  throw new HubError('PARTNER_REFUSED', {
    detail: `The partner rejected interchange ${number}: TA105 ${/^\d{3}$/.test(code) ? code : 'unknown'}.`,
    fingerprint: `ta1-${/^\d{3}$/.test(code) ? code : 'unknown'}`,
  })
}

async function gap({ body }: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const told = parseJson(body) as Gap
  const { stateFolder } = ediSettings(context.connection)
  if (await openReceived(stateFolder).isFilled(told))
    return { skip: 'COVERED_ELSEWHERE', detail: 'The interchanges that were missing have come.' }
  throw new HubError('CONTROL_NUMBER_GAP', {
    detail: told.from === told.to ? `Interchange ${told.from}.` : `Interchanges ${told.from} to ${told.to}.`,
    fingerprint: 'x12-gap',
  })
}

async function missing({ body }: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const { control, set, key, at } = parseJson(body) as {
    control: number
    set: string
    key: string
    at: string
  }
  const sent = await openSent(ediSettings(context.connection).stateFolder).find(control)
  if (sent?.state === 'acknowledged') return ACCEPTED(`The partner acknowledged ${set} ${control} late.`)
  throw new HubError('ACKNOWLEDGEMENT_MISSING', {
    detail: `${set} ${control} (${key}) of ${at}.`,
    fingerprint: 'x12-997-missing',
  })
}
