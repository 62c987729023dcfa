import type { Reply } from '../../../sdk/testkit/serve-partner.ts'

export const ok = (body: object): Reply => ({ status: 200, body })

export const refused = (status: number, category: string, code: string): Reply => ({
  status,
  body: { errors: [{ category, code, detail: 'As the simulator was told.' }] },
})

export const invalid = (code: string): Reply => refused(400, 'INVALID_REQUEST_ERROR', code)
export const notFound = (): Reply => refused(404, 'INVALID_REQUEST_ERROR', 'NOT_FOUND')

/** A page of a list as it stood when it was first asked for: a cursor keeps its snapshot. */
export class Pages {
  readonly #snapshots = new Map<string, readonly object[]>()
  #last = 0

  page(name: string, all: () => readonly object[], at: { cursor?: string; limit?: number }): Reply {
    const { cursor, limit = 100 } = at
    const [id = '', offset = '0'] = (cursor ?? `s${++this.#last}.0`).split('.')
    const rows = cursor === undefined ? structuredClone(all()) : this.#snapshots.get(id)
    if (!rows) return invalid('INVALID_CURSOR')
    this.#snapshots.set(id, rows)
    const end = Number(offset) + limit
    const items = rows.slice(Number(offset), end)
    return ok({
      ...(items.length > 0 ? { [name]: items } : {}),
      ...(end < rows.length ? { cursor: `${id}.${end}` } : {}),
    })
  }
}
