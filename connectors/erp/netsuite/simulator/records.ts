import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { type Account, Refused, type SimulatedRecord } from './account.ts'
import { merged, saved } from './sublists.ts'
import { transformed } from './transformations.ts'

type Json = Record<string, unknown>

const ROOT = '/services/rest/record/v1'

/** record/v1: read, upsert by external id, change, delete, transform. */
export function recordRoutes(account: Account): Route[] {
  const at = (tail: string): RegExp => new RegExp(`^${ROOT}/(\\w+)/([^/]+)${tail}$`)
  const found = (type: string, id: string): SimulatedRecord => {
    const record = account.find(type, id)
    if (record) return record
    throw new Refused(404, 'NONEXISTENT_ID', {
      detail: 'The record instance does not exist. Provide a valid record instance ID.',
    })
  }
  const routes: Route[] = [
    {
      ...{ method: 'GET', path: at('') },
      answer: ({ query }, type = '', id = '') => shown(found(type, id), query.get('fields')),
    },
    {
      ...{ method: 'PUT', path: at('') },
      answer: (asked, type = '', id = '') => upsert(account, asked, { type, id }),
    },
    {
      ...{ method: 'PATCH', path: at('') },
      answer: (asked, type = '', id = '') => patch(account, asked, found(type, id)),
    },
    {
      ...{ method: 'DELETE', path: at('') },
      answer: (_, type = '', id = '') => {
        account.remove(found(type, id))
        return { status: 204 }
      },
    },
    {
      ...{ method: 'POST', path: at('/!transform/(\\w+)') },
      answer: ({ body, query, origin }, type = '', id = '', to = '') => {
        const replace = query.get('replace') === 'item'
        const made = transformed(account, { from: found(type, id), to, change: body as Json, replace })
        return located(made, origin)
      },
    },
  ]
  return routes.map(route => ({ ...route, answer: (...of) => guarded(() => route.answer(...of) as Reply) }))
}

/** Every refusal in NetSuite's own form. */
export function guarded(answer: () => Reply): Reply {
  try {
    return answer()
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    const { status, message: detail, code, path } = thrown
    const error = { detail, 'o:errorCode': code, ...(path ? { 'o:errorPath': path } : {}) }
    return { status, body: { title: 'Bad Request', status, 'o:errorDetails': [error] } }
  }
}

function shown({ id, externalId, body }: SimulatedRecord, fields: string | null): Reply {
  const record: Json = { ...body, id, externalId }
  const wanted = fields?.split(',')
  const entries = Object.entries(record).filter(([name]) => !wanted || name === 'id' || wanted.includes(name))
  return { status: 200, body: { links: [], ...Object.fromEntries(entries) } }
}

const located = ({ type, id }: SimulatedRecord, origin: string): Reply => ({
  ...{ status: 204, headers: { location: `${origin}${ROOT}/${type}/${id}` } },
})

const replaced = ({ query }: Asked): string[] => (query.get('replace') ?? '').split(',')

function upsert(account: Account, asked: Asked, { type, id }: { type: string; id: string }): Reply {
  if (!id.startsWith('eid:') || !/^[\w-]+$/.test(id.slice(4)))
    throw new Refused(400, 'INVALID_ID', { detail: 'An external id may hold letters, digits, _ and -.' })
  const existing = account.find(type, id)
  if (existing) return patch(account, asked, existing)
  const defaults = type === 'salesOrder' ? { orderStatus: { id: 'A' } } : {}
  const body = { ...defaults, ...(asked.body as Json), externalId: id.slice(4) }
  return located(account.create(type, saved(account, type, body)), asked.origin)
}

function patch(account: Account, asked: Asked, record: SimulatedRecord): Reply {
  const body = merged(record.body, asked.body as Json, replaced(asked))
  return located(account.update(record, saved(account, record.type, body)), asked.origin)
}
