import { createHash } from 'node:crypto'
import { HubError, parseJson } from '../../../sdk/index.ts'
import { type Disk, openDisk } from '../files/disk.ts'

/** One interchange that was sent. Its file is also what gives out the number: of two processes, one gets it. */
export interface Sent {
  control: number
  /** `940`, `997` … */
  set: string
  file: string
  /** Which document, and which content of it. */
  name: string
  hash: string
  /** Key of the document, for people; empty for acknowledgements. */
  key: string
  at: number
  state: 'writing' | 'sent' | 'acknowledged' | 'rejected'
  /** Only until it is written. */
  text?: string
}

/** The newest that the partner was given of a document. */
export interface Given {
  control: number
  /** Of what was sent, without its purpose code. */
  hash: string
  cancelled: boolean
}

export type SentState = ReturnType<typeof openSent>

/** What was sent and what the partner still owes a word on, in the state folder. */
export function openSent(stateFolder: string, firstControl = 1) {
  const folder = (name: string): Disk => openDisk(`${stateFolder.replace(/\/+$/, '')}/${name}`)
  const [sent, given, awaited] = [folder('sent'), folder('given'), folder('awaited')]

  async function find(control: number): Promise<Sent | null> {
    const bytes = await sent.find(fileOf(control))
    return bytes && (parseJson(bytes) as Sent)
  }

  return {
    find,
    async given(name: string): Promise<Given | null> {
      const bytes = await given.find(`${name}.json`)
      return bytes && (parseJson(bytes) as Given)
    },
    give: (name: string, one: Given) => given.write(`${name}.json`, json(one)),
    /** The next number, claimed together with what is sent under it: none is lost, none is given twice. */
    async claim(make: (control: number) => Sent): Promise<Sent> {
      const numbers = (await sent.list())
        .map(({ name }) => Number.parseInt(name, 10))
        .filter(Number.isInteger)
      let control = Math.max(firstControl - 1, ...numbers) + 1
      for (; control < MOST; control++) {
        const one = make(control)
        if (await sent.create(fileOf(control), json(one))) return one
      }
      throw new HubError('CONFIG_INVALID', {
        detail: 'The control numbers are used up; begin a new state folder.',
      })
    },
    /** What a process that died had begun to send of this content: its number must not be lost. */
    async begun(name: string, hash: string): Promise<Sent | null> {
      const newest = (await sent.list()).slice(-MOST_UNDER_WAY)
      const all = await Promise.all(newest.map(file => find(Number.parseInt(file.name, 10))))
      return all.find(one => one?.state === 'writing' && one.name === name && one.hash === hash) ?? null
    },
    async put(one: Sent): Promise<void> {
      await sent.write(fileOf(one.control), json(one))
    },
    await: (control: number) => awaited.write(String(control), Buffer.alloc(0)),
    settle: (control: number) => awaited.remove(String(control)),
    async overdue(before: number): Promise<Sent[]> {
      const all = await Promise.all((await awaited.list()).map(({ name }) => find(Number(name))))
      return all.filter(one => one !== null && one.at <= before).filter(one => one !== null)
    },
  }
}

const MOST = 1_000_000_000

/** More than ever are being written at once. */
const MOST_UNDER_WAY = 20

const fileOf = (control: number): string => `${String(control).padStart(9, '0')}.json`

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** A file name of anything. */
export const nameOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 24)
