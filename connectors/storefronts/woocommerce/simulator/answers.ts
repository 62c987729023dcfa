export interface Answer {
  status: number
  headers?: Record<string, string>
  body: unknown
}

export interface Asked {
  method: string
  /** After `/wp-json/wc/v3`. */
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
}

export const ok = (body: unknown): Answer => ({ status: 200, body })

export const refused = (status: number, code: string): Answer => ({
  status,
  body: { code, message: 'The simulated shop refuses this.', data: { status } },
})

export const MOST_PER_PAGE = 100

/** One page of a list, with the headers of WordPress. */
export function pageOf(records: readonly object[], { query, path }: Asked): Answer {
  const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 10)]
  if (size > MOST_PER_PAGE || size < 1 || page < 1) return refused(400, 'rest_invalid_param')
  const pages = Math.ceil(records.length / size)
  const shown = records.slice((page - 1) * size, page * size).map(record => fieldsOf(record, query))
  return {
    status: 200,
    headers: {
      'x-wp-total': String(records.length),
      'x-wp-totalpages': String(pages),
      ...(page < pages
        ? { link: `<https://shop.example/wp-json/wc/v3${path}?page=${page + 1}>; rel="next"` }
        : {}),
    },
    body: shown,
  }
}

/** `_fields` leaves all other members out. */
function fieldsOf(record: object, query: URLSearchParams): object {
  const fields = query.get('_fields')?.split(',')
  return fields
    ? Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)))
    : record
}
