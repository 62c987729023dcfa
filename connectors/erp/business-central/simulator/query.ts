import type { Asked, Reply } from '../../../sdk/testkit/serve-partner.ts'
import { refusal } from './refusal.ts'

export type Row = Record<string, unknown> & { id: string }

export interface Table {
  rows: readonly Row[]
  /** Members that are shown only where `$expand` names them. */
  expandable?: readonly string[]
}

/** A list as OData gives it: the part of `$filter` that Business Central's users need, order, expansion, pages. */
export function answerList({ query, origin, path, headers }: Asked, { rows, expandable = [] }: Table): Reply {
  const admits = filterOf(query.get('$filter'))
  if (typeof admits !== 'function') return admits
  const order = query.get('$orderby')?.split(',')[0] ?? 'id'
  const keyOf = (row: Row): string => `${String(row[order] ?? '')}|${row.id}`
  const after = query.get('$skiptoken')
  const all = rows
    .filter(admits)
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .filter(row => after === null || keyOf(row) > after)
  const size = Number(query.get('$top') ?? /maxpagesize=(\d+)/.exec(headers['prefer'] ?? '')?.[1] ?? 20_000)
  const page = all.slice(0, size)
  const more = all.length > size && !query.has('$top')
  const hidden = expandable.filter(name => query.get('$expand') !== name)
  return {
    status: 200,
    body: {
      value: page.map(row =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name))),
      ),
      ...(more ? { '@odata.nextLink': nextLink(`${origin}${path}`, query, keyOf(page.at(-1)!)) } : {}),
    },
  }
}

function nextLink(path: string, query: URLSearchParams, token: string): string {
  const onward = new URLSearchParams(query)
  onward.set('$skiptoken', token)
  return `${path}?${onward}`
}

type Admits = (row: Row) => boolean

/** Of `Code[20]`. */
const LONGEST_CODE = 20

const CLAUSE = /^(\w+) (eq|ge|gt) (?:'((?:[^']|'')*)'|(\S+))$/

/** One comparison, or several of one field joined by `or`; of two fields the service says that it cannot. */
function filterOf(filter: string | null): Admits | Reply {
  if (!filter) return () => true
  const clauses = filter.split(/ or (?=\w+ eq )/).map(clause => CLAUSE.exec(clause))
  if (clauses.some(clause => clause === null))
    return refusal('BadRequest', `Error in query syntax: ${filter}`)
  const long = clauses.find(clause => clause![1] === 'number' && (clause![3] ?? '').length > LONGEST_CODE)
  if (long)
    return refusal(
      'Application_FilterErrorException',
      `The filter is not valid for the No. field. The length of the string is over ${LONGEST_CODE} characters.`,
    )
  if (new Set(clauses.map(clause => clause![1])).size > 1)
    return refusal('BadRequest_MethodNotImplemented', "An 'OR' of distinct fields is not supported.")
  return row =>
    clauses.some(clause => {
      const [, field = '', operator, literal, bare] = clause!
      return compare(row[field], operator!, literal?.replaceAll("''", "'") ?? bare!)
    })
}

/** Codes are stored in capitals, and compared so. */
function compare(value: unknown, operator: string, wanted: string): boolean {
  if (operator === 'eq') return String(value ?? '').toUpperCase() === wanted.toUpperCase()
  const difference = Date.parse(String(value)) - Date.parse(wanted)
  return operator === 'ge' ? difference >= 0 : difference > 0
}
