import { createHash } from 'node:crypto'
import { parseJson, type X12Interchange } from '../../../sdk/index.ts'
import { openDisk } from '../files/disk.ts'
import { nameOf } from './sent.ts'

/** Interchange control numbers of one sender, with a digest of what came under each. */
interface Numbers {
  newest: number
  digests: Record<string, string>
}

export interface Gap {
  partner: string
  from: number
  to: number
}

export type Arrival = { kind: 'new'; gap: Gap | null } | { kind: 'same' } | { kind: 'other' }

const KEPT = 2_000

/**
 * Which interchanges arrived: whether a number was there before, with the same content or other, and which numbers were
 * left out. Only the poller writes it, under its lease; what is noted is kept by `save`.
 */
export function openReceived(stateFolder: string) {
  const disk = openDisk(`${stateFolder.replace(/\/+$/, '')}/received`)
  const known = new Map<string, Numbers>()

  async function numbersOf(partner: string): Promise<Numbers> {
    const held = known.get(partner)
    if (held) return held
    const bytes = await disk.find(fileOf(partner))
    const numbers = bytes ? (parseJson(bytes) as Numbers) : { newest: 0, digests: {} }
    known.set(partner, numbers)
    return numbers
  }

  return {
    async note(interchange: X12Interchange): Promise<Arrival> {
      const partner = partnerOf(interchange)
      const numbers = await numbersOf(partner)
      const control = Number(interchange.control)
      const digest = digestOf(interchange.text)
      const before = numbers.digests[interchange.control]
      if (before !== undefined) return { kind: before === digest ? 'same' : 'other' }
      numbers.digests[interchange.control] = digest
      return { kind: 'new', gap: advance(numbers, control, partner) }
    },
    /** Whether all numbers of a gap have come in after all. */
    async isFilled({ partner, from, to }: Gap): Promise<boolean> {
      const seen = new Set(Object.keys((await numbersOf(partner)).digests).map(Number))
      for (let number = from; number <= to; number++) if (!seen.has(number)) return false
      return true
    },
    async save(): Promise<void> {
      for (const [partner, numbers] of known)
        await disk.write(fileOf(partner), Buffer.from(JSON.stringify(thinned(numbers))))
    },
  }
}

/** The first number says nothing; numbers that begin again are no gap. */
function advance(numbers: Numbers, control: number, partner: string): Gap | null {
  const { newest } = numbers
  if (!Number.isInteger(control) || control <= newest) return null
  numbers.newest = control
  return newest > 0 && control > newest + 1 ? { partner, from: newest + 1, to: control - 1 } : null
}

function thinned({ newest, digests }: Numbers): Numbers {
  return { newest, digests: Object.fromEntries(Object.entries(digests).slice(-KEPT)) }
}

/** Numbers are counted for each pair of sender and receiver. */
export const partnerOf = ({ sender, receiver }: X12Interchange): string =>
  [sender.qualifier, sender.id, receiver.qualifier, receiver.id].join('|')

/** Line ends between segments may change on the way. */
const digestOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\s+/g, ' ')).digest('hex').slice(0, 32)

const fileOf = (partner: string): string => `${nameOf(partner)}.json`
