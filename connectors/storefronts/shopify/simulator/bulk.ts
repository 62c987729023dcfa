import type { Answer } from './admin-server.ts'
import { bulkLines, bulkProblem } from './bulk-lines.ts'
import type { Resolver } from './graphql-execute.ts'
import { parseOperation } from './graphql-parse.ts'

/** How the next operation ends; `share` of its bytes are written by then. */
export interface BulkEnd {
  status: 'FAILED' | 'CANCELED'
  errorCode?: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT'
  share: number
}

export interface Bulk {
  readonly queries: Record<string, Resolver>
  readonly mutations: Record<string, Resolver>
  endNext(as: BulkEnd): void
  /** So many places are taken by other operations of the app. */
  occupy(places: number): void
  /** Files are gone, as they are after seven days. */
  expire(): void
  /** How many operations were begun. */
  begun(): number
  /** Ranges of files that were asked for. */
  readonly ranges: readonly string[]
  /** `GET` of a file. */
  file(target: string, range: string | undefined): Answer | undefined
}

export interface BulkOptions {
  now(): number
  /** What the Admin API can be asked. */
  roots: Record<string, unknown>
  /** Where files are fetched. */
  origin(): string
  /** How long an operation takes. */
  takesMs?: number
}

interface Operation {
  id: string
  query: string
  createdAt: number
  endsAt: number
  end: BulkEnd | undefined
  bytes: Buffer
  expired: boolean
}

/** Operations of one app that run at once since 2026-01. */
const PLACES = 5
const FOLDER = '/bulk-files/'
const SIGNATURE = 'signed'

/** Bulk queries of one shop: what they find is what the shop holds when they begin. */
export function createBulk({ now, roots, origin, takesMs = 10_000 }: BulkOptions): Bulk {
  const all: Operation[] = []
  const ends: BulkEnd[] = []
  const ranges: string[] = []
  let occupied = 0

  const statusOf = ({ createdAt, endsAt, end, expired }: Operation): string => {
    if (expired) return 'EXPIRED'
    if (now() >= endsAt) return end?.status ?? 'COMPLETED'
    return now() - createdAt < 1_000 ? 'CREATED' : 'RUNNING'
  }
  const runs = (one: Operation) => ['CREATED', 'RUNNING'].includes(statusOf(one))

  function node(one: Operation): Record<string, unknown> {
    const status = statusOf(one)
    const file = `${origin()}${FOLDER}${one.id.split('/').pop()}.jsonl?signature=${SIGNATURE}`
    const url = one.bytes.length > 0 ? file : null
    return {
      ...{ id: one.id, query: one.query, status, type: 'QUERY' },
      errorCode: status === 'FAILED' ? (one.end?.errorCode ?? 'INTERNAL_SERVER_ERROR') : null,
      createdAt: instant(one.createdAt),
      url: status === 'COMPLETED' ? url : null,
      partialDataUrl: status === 'FAILED' || status === 'CANCELED' ? url : null,
    }
  }

  function begin(query: string): Operation {
    const { fields } = parseOperation(query.startsWith('{') ? `query ${query}` : query, {})
    const end = ends.shift()
    const text = bulkLines(roots, fields)
      .map(line => `${line}\n`)
      .join('')
    const bytes = Buffer.from(text)
    const id = `gid://shopify/BulkOperation/${7_000_000_000 + all.length}`
    return {
      ...{ id, query, end, createdAt: now(), endsAt: now() + takesMs, expired: false },
      bytes: bytes.subarray(0, Math.floor(bytes.length * (end?.share ?? 1))),
    }
  }

  return {
    ranges,
    endNext: as => void ends.push(as),
    occupy(places) {
      occupied = places
    },
    expire() {
      for (const one of all) one.expired = true
    },
    begun: () => all.length,
    queries: {
      currentBulkOperation() {
        const newest = all.at(-1)
        return newest ? node(newest) : null
      },
      bulkOperation({ id }) {
        const known = all.find(one => one.id === id)
        return known ? node(known) : null
      },
    },
    mutations: {
      bulkOperationRunQuery({ query, groupObjects }) {
        if (groupObjects !== true) return refused('INVALID', 'The simulator only groups objects.')
        if (all.filter(runs).length + occupied >= PLACES)
          return refused('LIMIT_REACHED', 'Bulk operations limit reached. Please try again later.')
        const text = String(query)
        const problem = bulkProblem(parseOperation(text.startsWith('{') ? `query ${text}` : text, {}).fields)
        if (problem) return refused('INVALID', problem)
        const begun = begin(text)
        all.push(begun)
        return { bulkOperation: node(begun), userErrors: [] }
      },
    },
    file(target, range) {
      if (!target.startsWith(FOLDER)) return undefined
      const one = all.find(
        ({ id }) => target === `${FOLDER}${id.split('/').pop()}.jsonl?signature=${SIGNATURE}`,
      )
      if (!one || one.expired) return { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }
      ranges.push(range ?? '')
      return rangeOf(one.bytes, range)
    },
  }
}

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

const refused = (code: string, message: string) => ({
  bulkOperation: null,
  userErrors: [{ code, field: ['query'], message }],
})

/** As a file store answers: RFC 9110 §14. */
function rangeOf(bytes: Buffer, range: string | undefined): Answer {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (from === undefined) return { status: 200, headers: JSONL, body: bytes }
  if (Number(from) >= bytes.length)
    return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` }, body: '' }
  const end = Math.min(Number(to) + 1, bytes.length)
  const place = { 'content-range': `bytes ${from}-${end - 1}/${bytes.length}` }
  return { status: 206, headers: { ...JSONL, ...place }, body: bytes.subarray(Number(from), end) }
}

const JSONL = { 'content-type': 'application/jsonl' }
