import type { Principal } from '#core/accounts/roles.ts'
import type { Page, PageRequest } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Call, Query } from './route.ts'

export const pageRequest = ({ query }: Pick<Call, 'query'>): PageRequest => ({
  limit: query.limit,
  after: query.after,
})

export const mapPage = <From, To>(page: Page<From>, view: (item: From) => To): Page<To> => ({
  ...page,
  items: page.items.map(view),
})

/** The query without the page, and within the principal's tenant. The row's schema has checked the values. */
export function filterOf<Filter extends { tenant?: string }>({
  query,
  principal,
}: Pick<Call, 'query' | 'principal'>): Filter {
  const { limit: _, after: __, ...filter } = query
  return { ...filter, ...tenantOf(principal, query) } as unknown as Filter
}

/** Asking for another tenant is answered like asking for one that is not there. */
export function tenantOf(principal: Principal, query: Query): { tenant?: string } {
  if (principal.tenant === undefined) return query.tenant === undefined ? {} : { tenant: query.tenant }
  if (query.tenant !== undefined && query.tenant !== principal.tenant)
    throw new HubError('NOT_FOUND', { detail: `Tenant “${query.tenant}”.` })
  return { tenant: principal.tenant }
}

/** A page of a list that is in memory; `after` is a position. */
export function pageOf<T>(all: readonly T[], { limit = 50, after }: PageRequest): Page<T> {
  const from = after === undefined ? 0 : Number(after)
  if (!Number.isSafeInteger(from) || from < 0)
    throw new HubError('INPUT_INVALID', { detail: '`after` is not a cursor of this list.' })
  const next = from + limit < all.length ? String(from + limit) : null
  return { items: all.slice(from, from + limit), next, total: all.length }
}
