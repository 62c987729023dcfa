import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { decodeX12, type X12Set } from '../../sdk/index.ts'
import { openDisk } from './files/disk.ts'
import { isWhole } from './files/folders.ts'
import { createWriter } from './simulator/partner-writer.ts'

export interface WarehouseOptions {
  now(): number
  random(): number
}

/** What the warehouse has of one order or ship notice: the newest, and how often it was told. */
export interface Held {
  key: string
  body: unknown
  writes: number
}

/**
 * A warehouse that is spoken to by folders: it reads what was put for it, answers a 940 with a 997 and a 945, and tells its
 * stock by 846. It keeps its own control numbers, as partners do.
 */
export async function createFolderWarehouse({ now }: WarehouseOptions) {
  const root = await mkdtemp(join(tmpdir(), 'edi-x12-'))
  const [toHub, out] = [openDisk(join(root, 'in')), join(root, 'out')]
  await toHub.look()
  await openDisk(out).look()
  const writer = createWriter(now)
  const answered = new Set<string>()

  async function put(name: string, text: string): Promise<void> {
    await toHub.write(name, Buffer.from(text))
  }

  return {
    baseUrl: pathToFileURL(root).href,
    root,
    /** Sets that the hub has put into the folder. */
    sent: () => setsIn(out),
    put,
    writer,
    /** Reads what is new for it and answers; `short`: how many units of each line it lacks. */
    async work({ short = 0, silent = false } = {}): Promise<number> {
      let read = 0
      for (const { set, group, name } of setsIn(out)) {
        const id = `${name}|${set.control}`
        if (answered.has(id) || set.code === '997') continue
        answered.add(id)
        read += 1
        if (silent) continue
        const number = writer.next()
        await put(`997-${number}.edi`, writer.acknowledge(number, { group, set }))
        if (set.code !== '940') continue
        const other = writer.next()
        await put(`945-${other}.edi`, writer.advice(other, set, short))
      }
      return read
    },
    /** Stock of so many articles, ten in one interchange; gives their SKUs. */
    async stock(skus: readonly string[], at: number): Promise<void> {
      for (let from = 0; from < skus.length; from += STOCK_A_FILE) {
        const number = writer.next()
        const name = `846-${String(number).padStart(9, '0')}.edi`
        await put(name, writer.stock(number, skus.slice(from, from + STOCK_A_FILE), at))
      }
    },
    held: () => heldOf(out),
    close: () => rm(root, { recursive: true, force: true }),
  }
}

const STOCK_A_FILE = 10

export type FolderWarehouse = Awaited<ReturnType<typeof createFolderWarehouse>>

function setsIn(folder: string): { name: string; group: string; set: X12Set }[] {
  return readdirSync(folder)
    .filter(isWhole)
    .sort((one, other) => (one.slice(4) < other.slice(4) ? -1 : 1))
    .flatMap(name =>
      decodeX12(readFileSync(join(folder, name))).flatMap(({ groups }) =>
        groups.flatMap(group => group.sets.map(set => ({ name, group: group.control, set }))),
      ),
    )
}

/** Orders by W0502, ship notices by BSN02: what came later counts. */
function heldOf(folder: string): Record<'order' | 'shipment', Held[]> {
  const held = { order: new Map<string, Held>(), shipment: new Map<string, Held>() }
  for (const { set } of setsIn(folder)) {
    const [first] = set.segments
    const records = set.code === '940' ? held.order : set.code === '856' ? held.shipment : null
    const key = first?.elements[1] ?? ''
    records?.set(key, { key, body: set.segments, writes: (records.get(key)?.writes ?? 0) + 1 })
  }
  return { order: [...held.order.values()], shipment: [...held.shipment.values()] }
}
