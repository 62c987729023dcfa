import type { Asked, Reply } from '../../../sdk/testkit/serve-partner.ts'

export const ok = (body: unknown, status = 200): Reply => ({ status, body })

export const none: Reply = { status: 204 }

/** V2 says what is wrong in a list, V3 in an object. */
export const wrong = (status: number, path: string, errors: Record<string, string> = {}): Reply =>
  path.includes('/v2/')
    ? { status, body: [{ status, message: 'Refused.', details: errors }] }
    : { status, body: { status, title: 'Refused.', type: 'about:blank', errors } }

const paging = ({ query }: Asked) => {
  const limit = Math.min(Number(query.get('limit') ?? 50), 250)
  const page = Number(query.get('page') ?? 1)
  return { limit, page, from: (page - 1) * limit }
}

/** A bare list; nothing is 204. */
export function listedV2(asked: Asked, all: readonly unknown[]): Reply {
  const { limit, from } = paging(asked)
  const items = all.slice(from, from + limit)
  return items.length > 0 ? ok(items) : none
}

/** An envelope with the count of pages. */
export function listedV3(asked: Asked, all: readonly unknown[]): Reply {
  const { limit, page, from } = paging(asked)
  const data = all.slice(from, from + limit)
  const pagination = {
    ...{ total: all.length, count: data.length, per_page: limit, current_page: page },
    total_pages: Math.max(1, Math.ceil(all.length / limit)),
  }
  return ok({ data, meta: { pagination } })
}

/** Ids of a filter such as `variant_id:in`; null where it is not asked for. */
export const idsIn = ({ query }: Asked, name: string): string[] | null => query.get(name)?.split(',') ?? null

/** A filter such as `created:min`, in whole seconds. */
export const sinceIn = ({ query }: Asked, name: string): number => Date.parse(query.get(name) ?? '') || 0
