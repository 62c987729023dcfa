import { createHash } from 'node:crypto'
import {
  asHubError,
  type ConnectorContext,
  decodeX12,
  type RawMessage,
  type X12Group,
  type X12Interchange,
} from '../../sdk/index.ts'
import { type EdiSettings, ediSettings } from './settings.ts'
import { type Arrival, type openReceived, partnerOf } from './state/received.ts'
import { ACKNOWLEDGEMENT_TA1, CONTROL_GAP, UNREADABLE } from './topics.ts'

export interface ReadInterchange {
  interchange: X12Interchange
  /** Nothing of it is taken. */
  refused: boolean
  refusedGroups: ReadonlySet<X12Group>
}

export interface ReadFile {
  messages: RawMessage[]
  interchanges: ReadInterchange[]
}

/** Headers by which a message says that its envelope was wrong: code of the register and a sentence. */
export const PROBLEM = { code: 'x-edi-problem', detail: 'x-edi-problem-detail' }

interface Problem {
  code: 'BODY_UNREADABLE' | 'CONTROL_NUMBER_REUSED'
  detail: string
}

/** A file as messages, one for each transaction set and TA1. What cannot be read is a message too: nothing is dropped. */
export async function readFile(
  file: { name: string; bytes: Buffer },
  received: ReturnType<typeof openReceived>,
  context: ConnectorContext,
): Promise<ReadFile> {
  const settings = ediSettings(context.connection)
  let interchanges: X12Interchange[]
  try {
    interchanges = decodeX12(file.bytes, settings.encoding)
  } catch (thrown) {
    const { detail } = asHubError(thrown)
    return { interchanges: [], messages: [unreadable(file, { code: 'BODY_UNREADABLE', detail })] }
  }
  const read: ReadFile = { messages: [], interchanges: [] }
  for (const interchange of interchanges) {
    const problem = await problemOf(interchange, { received, settings, context })
    if (problem.gap) read.messages.push(problem.gap)
    read.messages.push(...messagesOf(interchange, problem.own, settings))
    if (interchange.groups.length === 0 && interchange.acknowledgements.length === 0)
      read.messages.push(
        unreadable(
          { name: file.name, bytes: Buffer.from(interchange.text) },
          problem.own ?? { code: 'BODY_UNREADABLE', detail: 'The interchange is empty.' },
        ),
      )
    read.interchanges.push({
      interchange,
      refused: problem.own !== null,
      refusedGroups: new Set(interchange.groups.filter(group => graveOf(group.problems, settings) !== null)),
    })
  }
  return read
}

interface At {
  received: ReturnType<typeof openReceived>
  settings: EdiSettings
  context: ConnectorContext
}

/** What is wrong with an interchange as a whole, and the numbers that were left out before it. */
async function problemOf(
  interchange: X12Interchange,
  { received, settings, context }: At,
): Promise<{ own: Problem | null; gap: RawMessage | null }> {
  for (const { message } of [...interchange.problems, ...interchange.groups.flatMap(group => group.problems)])
    context.log('warn', 'an X12 envelope is wrong', { control: interchange.control, problem: message })
  const broken = graveOf(interchange.problems, settings)
  // Its sender will send it again, whole and under its number.
  if (broken) return { own: broken, gap: null }
  const arrival = await received.note(interchange)
  return {
    own: reuseOf(arrival, interchange, { settings, context }),
    gap: gapOf(arrival, { settings, context }),
  }
}

function graveOf(problems: X12Interchange['problems'], { controlNumbers }: EdiSettings): Problem | null {
  const grave = problems.find(problem => problem.grave)
  return grave && controlNumbers === 'strict' ? { code: 'BODY_UNREADABLE', detail: grave.message } : null
}

function reuseOf(
  arrival: Arrival,
  { control }: X12Interchange,
  { settings, context }: Omit<At, 'received'>,
): Problem | null {
  if (arrival.kind !== 'other') return null
  const detail = `Interchange ${control} came before with other content.`
  if (settings.controlNumbers === 'strict') return { code: 'CONTROL_NUMBER_REUSED', detail }
  context.log('warn', 'an X12 control number came again with other content', { control })
  return null
}

function gapOf(arrival: Arrival, { settings, context }: Omit<At, 'received'>): RawMessage | null {
  if (arrival.kind !== 'new' || !arrival.gap) return null
  const { partner, from, to } = arrival.gap
  context.log('warn', 'X12 control numbers were left out', { from, to })
  if (settings.controlNumbers === 'lenient') return null
  return {
    topic: CONTROL_GAP,
    dedupeKey: [CONTROL_GAP, partner, from, to].join('|'),
    headers: {},
    body: Buffer.from(JSON.stringify({ partner, from, to })),
  }
}

function messagesOf(interchange: X12Interchange, own: Problem | null, settings: EdiSettings): RawMessage[] {
  const words = interchange.acknowledgements.map((segment, index): RawMessage => {
    const body = wrapped(interchange, [
      [segment.id, ...segment.elements].join(interchange.delimiters.element),
    ])
    const key = [ACKNOWLEDGEMENT_TA1, partnerOf(interchange), interchange.control, index]
    return { topic: ACKNOWLEDGEMENT_TA1, dedupeKey: key.join('|'), headers: {}, body }
  })
  const sets = interchange.groups.flatMap(group => {
    const problem = own ?? graveOf(group.problems, settings)
    return group.sets.map((set): RawMessage => {
      const isRefused = problem !== null || set.problems.some(({ grave }) => grave)
      const isAnew = isRefused || settings.controlNumbers === 'lenient'
      const key = [set.code, partnerOf(interchange), interchange.control, group.control, set.control]
      return {
        topic: set.code,
        dedupeKey: [...key, ...(isAnew ? [digest(set.text)] : [])].join('|'),
        headers: problem ? headersOf(problem) : {},
        body: wrapped(interchange, [group.text, set.text], group.control),
      }
    })
  })
  return [...words, ...sets]
}

/** One set in envelopes of its own, so that it can be read, edited and replayed by itself. */
function wrapped(interchange: X12Interchange, inside: readonly string[], group?: string): Buffer {
  const { delimiters, headerText, control } = interchange
  const { element, segment, component } = delimiters
  const head = headerText.endsWith(segment) ? headerText.slice(0, -segment.length) : headerText
  const tail = group === undefined ? [] : [['GE', '1', group].join(element)]
  const trailer = ['IEA', group === undefined ? '0' : '1', control].join(element)
  // A header without ISA16 is only understood when its terminator stands alone.
  const end = /\s/.test(segment) || component === null ? segment : `${segment}\n`
  return Buffer.from([head, ...inside, ...tail, trailer].map(text => text + end).join(''))
}

const unreadable = (file: { name: string; bytes: Buffer }, problem: Problem): RawMessage => ({
  topic: UNREADABLE,
  dedupeKey: [UNREADABLE, file.name, digest(file.bytes)].join('|'),
  headers: headersOf(problem),
  body: file.bytes,
})

const headersOf = ({ code, detail }: Problem): Record<string, string> => ({
  [PROBLEM.code]: code,
  [PROBLEM.detail]: detail,
})

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex').slice(0, 16)
