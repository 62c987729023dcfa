import { type Principal, sees } from '#core/accounts/roles.ts'
import type { MappingScope, PublishedMapping, Store } from '#core/contracts/store.ts'
import type { ApiDeps } from '../deps.ts'
import { mapPage, pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { versionView } from '../views/mapping-view.ts'

/** What was published for a mapping, newest first. */
export const listMappingVersions: Handler = async (call, deps) => {
  const mapping = call.params['id']!
  const scope = call.query['scope'] as MappingScope | undefined
  if (call.principal.tenant === undefined)
    return mapPage(await deps.store.mappings.list({ mapping, scope }, pageRequest(call)), versionView)
  const isVisible = await visibleScopes(call.principal, deps)
  const entries = await everyVersion(deps.store, { mapping, scope })
  return pageOf(entries.filter(entry => isVisible(entry.scope)).map(versionView), pageRequest(call))
}

/** What is for everybody, for the principal's tenant and for its connections. */
async function visibleScopes(principal: Principal, { directory }: ApiDeps) {
  const own = (await directory.list()).filter(connection => sees(principal, connection))
  const scopes = new Set(['*', `tenant:${principal.tenant}`, ...own.map(({ id }) => `connection:${id}`)])
  return (scope: MappingScope): boolean => scopes.has(scope)
}

/** People publish these by hand: there are not many of one mapping. */
const MOST = 10_000

async function everyVersion(
  store: Store,
  filter: { mapping: string; scope: MappingScope | undefined },
): Promise<PublishedMapping[]> {
  const entries: PublishedMapping[] = []
  let after: string | undefined
  do {
    const page = await store.mappings.list(filter, { limit: 1_000, after })
    entries.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && entries.length < MOST)
  return entries
}
