import type { ConnectorContext, X12Segment } from '../../sdk/index.ts'
import type { PartnerFolders } from './files/folders.ts'
import { withFolders } from './files/open-folders.ts'
import { ediSettings } from './settings.ts'
import { openSent, type Sent } from './state/sent.ts'
import { bytesOf, type WrittenSet, writeInterchange } from './write.ts'

export interface Sending {
  /** Stable over every retry: the same name and hash are sent once. */
  name: string
  hash: string
  /** For people, in dead letters; empty where there is none. */
  key: string
  sets: readonly WrittenSet[]
  ta1?: X12Segment
  cancelled?: boolean
  /** Whether the partner owes a 997. */
  awaited: boolean
  /** Right before the file is written. */
  sending?(): void
}

/**
 * Writes one interchange for the partner. Number, text and intent are on disk before the file: whoever dies in between
 * writes the same bytes under the same name and number again, which the partner knows for a repetition.
 */
export async function sendOnce(
  sending: Sending,
  context: ConnectorContext,
  folders?: PartnerFolders,
): Promise<Sent> {
  const settings = ediSettings(context.connection)
  const state = openSent(settings.stateFolder, settings.firstControlNumber)
  const given = await state.given(sending.name)
  const { name, hash, key } = sending
  let one = await (given?.hash === hash ? state.find(given.control) : state.begun(name, hash))
  if (one && one.state !== 'writing') return one
  const at = context.now()
  one ??= await state.claim(control => ({
    ...{ control, name, hash, key, at, state: 'writing' },
    set: sending.sets[0]?.code ?? 'TA1',
    file: fileOf(sending, control),
    text: writeInterchange({ ...sending, control, at, settings }),
  }))
  const { control, file, text = '' } = one
  await state.give(name, { control, hash, cancelled: sending.cancelled === true })
  if (sending.awaited) await state.await(control)
  const write = (open: PartnerFolders) => {
    sending.sending?.()
    return open.send(file, bytesOf(text, settings.encoding))
  }
  await (folders ? write(folders) : withFolders(context, write))
  const { text: _written, ...rest } = one
  const done: Sent = { ...rest, state: 'sent' }
  await state.put(done)
  return done
}

const fileOf = ({ sets, name }: Sending, control: number): string =>
  `${sets[0]?.code ?? 'TA1'}-${String(control).padStart(9, '0')}-${name.slice(0, 12)}.edi`
