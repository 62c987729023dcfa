import type { RecordAct } from '../../accounts/audit.ts'
import type { Directory } from '../../accounts/directory.ts'
import type { Principal } from '../../accounts/roles.ts'
import type { MappingFile } from '../../contracts/mapper.ts'
import type { MappingScope, PublishedMapping, PublishedMappings } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { CaseResult, ReadFile } from '../cases.ts'
import { checkCases } from './check-cases.ts'
import { audiencesOf, type Concerned, refuseScope } from './concerned.ts'
import { pathOf } from './layer-stack.ts'
import type { MappingCatalogue } from './mapping-catalogue.ts'
import { outlooksOf } from './outlooks.ts'
import { readHeader } from './read-header.ts'

export interface PublishingDeps {
  catalogue: MappingCatalogue
  mappings: PublishedMappings
  directory: Pick<Directory, 'list'>
  tenants: readonly { id: string }[]
  clock: Clock
  record: RecordAct
  /** An input of a case, by its path in the mappings folder. */
  readCase: ReadFile
}

export interface Publication {
  mapping: string
  /** A mapping, or an overlay of it; its own `for` says for whom. */
  text: string
  /** The cases that hold from now on; absent: those that held. */
  cases?: string
  note?: string
  /** The newest number that the author knows of. */
  after?: number
}

export interface RollBack {
  mapping: string
  scope: MappingScope
  /** The number whose text holds again; 0: nothing published holds in this scope. */
  to: number
}

export type Published = Pick<PublishedMapping, 'mapping' | 'scope' | 'number'>

/** What people do with mappings while the hub runs. Every act is audited; what was published is never changed. */
export interface Publishing {
  /** Refused while anybody's mapping would not compile with it, or cases fail. */
  publish(publication: Publication, actor: Principal): Promise<Published>
  /** Cases are not run again: the way back must be open. */
  rollback(rollBack: RollBack, actor: Principal): Promise<Published>
}

export function createPublishing(deps: PublishingDeps): Publishing {
  const { catalogue, mappings, clock, record } = deps

  async function newestNumber(mapping: string, scope: MappingScope): Promise<number> {
    const { items } = await mappings.list({ mapping, scope }, { limit: 1 })
    return items[0]?.number ?? 0
  }

  async function append(
    entry: Omit<PublishedMapping, 'number' | 'at'>,
    after: number,
    { actor, action, detail }: { actor: Principal; action: string; detail: object },
  ): Promise<Published> {
    const published = await mappings.publish({ ...entry, at: clock.now() }, after)
    if (!published) throw changedSince(await newestNumber(entry.mapping, entry.scope))
    const { mapping, scope, number } = published
    await record(actor, { action, subject: mapping, detail: { scope, number, ...detail } })
    await catalogue.refresh()
    return { mapping, scope, number }
  }

  async function concernedBy(
    where: { mapping: string; scope: MappingScope },
    actor: Principal,
  ): Promise<Concerned> {
    const connections = await deps.directory.list()
    refuseScope(where.scope, actor, { tenants: deps.tenants, connections })
    return audiencesOf(where, catalogue, connections)
  }

  return {
    async publish({ mapping, text, cases, note, after }, actor) {
      await catalogue.refresh()
      const file = fileOf(mapping, text)
      const { scope } = readHeader(file)
      const change = { mapping, scope, file }
      const concerned = await concernedBy(change, actor)
      const newest = await newestNumber(mapping, scope)
      if (after !== undefined && after !== newest) throw changedSince(newest)
      const outlooks = await outlooksOf(catalogue, change, concerned)
      const checked = checkCases({ ...deps, change, cases, outlooks })
      refuseFailing(checked.results)
      const entry = { mapping, scope, text, cases: checked.cases, note, by: actor.id }
      return append(entry, newest, { actor, action: 'mapping.publish', detail: {} })
    },

    async rollback({ mapping, scope, to }, actor) {
      await catalogue.refresh()
      const concerned = await concernedBy({ mapping, scope }, actor)
      const newest = await newestNumber(mapping, scope)
      const again = to === 0 ? NOTHING : await mappings.get(mapping, scope, to)
      if (!again || newest === 0)
        throw new HubError('NOT_FOUND', { detail: `“${mapping}” has no number ${to} for “${scope}”.` })
      const change = { mapping, scope, file: again.text === '' ? null : fileOf(mapping, again.text) }
      await outlooksOf(catalogue, change, concerned)
      const { text, cases } = again
      const entry = { mapping, scope, text, cases, note: `Back to ${to}.`, by: actor.id }
      return append(entry, newest, { actor, action: 'mapping.roll-back', detail: { to } })
    },
  }
}

/** What holds where nothing is published. */
const NOTHING = { text: '', cases: '' }

const fileOf = (mapping: string, text: string): MappingFile => ({
  path: pathOf(mapping, readHeader({ path: mapping, text })),
  text,
})

const changedSince = (newest: number): HubError =>
  new HubError('MAPPING_CHANGED', { detail: `The newest number is ${newest}.` })

function refuseFailing(cases: readonly CaseResult[]): void {
  const failed = cases.filter(({ ok }) => !ok).length
  if (failed > 0)
    throw new HubError('MAPPING_CASES_FAILED', { detail: `${failed} of ${cases.length} fail.`, cases })
}
