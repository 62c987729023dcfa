import { textAt } from '../pointer.ts'

/** One `<target>; parameters` of a `Link` header; targets may hold commas, quoted parameters too. */
const LINK = /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))?)*)/g
const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i

/** The target with `rel=next` of a `Link` header (RFC 8288); null: there is none, this was the last page. */
export function nextByLink(headers: Readonly<Record<string, string>>): string | null {
  for (const [, target, parameters] of (headers['link'] ?? '').matchAll(LINK)) {
    const [, quoted, plain] = REL.exec(parameters ?? '') ?? []
    const relations = (quoted ?? plain ?? '').toLowerCase().split(/\s+/)
    if (relations.includes('next')) return target || null
  }
  return null
}

/** Numbered pages: a page that is not full is the last one. A full last page costs one more, empty page. */
export const nextByPage = ({
  page,
  size,
  received,
}: {
  page: number
  size: number
  received: number
}): string | null => (received < size ? null : String(page + 1))

/** The continuation that stands in the answer (a token, a cursor, a link); null where it is missing, null or empty. */
export const nextByMember = (body: unknown, pointer: string): string | null => textAt(body, pointer) ?? null
