import type { Principal } from '#core/accounts/roles.ts'
import type { Problem } from '#core/contracts/mapper.ts'
import type { MappingScope } from '#core/contracts/store.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createMappingCatalogue } from '#core/mapping/catalogue/create-mapping-catalogue.ts'
import type { ConnectionScope } from '#core/mapping/catalogue/mapping-catalogue.ts'
import type { LayerFile } from '#core/mapping/catalogue/mapping-files.ts'
import { createPublishing } from '#core/mapping/catalogue/publish.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { mappingText, smallMapper } from './small-mapper.ts'

export const ORDER = 'kind/shop/order'

export const ACME: ConnectionScope = { id: 'acme-shop', tenant: 'acme', connector: 'shop' }
export const ACME_2: ConnectionScope = { id: 'acme-second', tenant: 'acme', connector: 'shop' }
export const GLOBEX: ConnectionScope = { id: 'globex-shop', tenant: 'globex', connector: 'shop' }

export const ENGINEER: Principal = { id: 'key-1', role: 'engineer' }

/** A mapping whose document says which text made it. */
export const saying = (word: string, more = ''): string => mappingText(`placedAt: '"${word}"'`, more)

export const overlay = (text: string, whom = ''): string =>
  `extends: ${ORDER}\nversion: 1\n${whom === '' ? '' : `for: { ${whom} }\n`}${text}\n`

/** An overlay whose document says so. */
export const overlaySaying = (word: string, whom = ''): string =>
  overlay(`document: { placedAt: '"${word}"' }`, whom)

export const CASES = `cases:
  - { name: plain, input: { id: 1, lines: [] }, include: { placedAt: shipped } }
`

export const file = (path: string, text: string, cases = ''): LayerFile => ({ path, text, cases })

const SHIPPED = file(`${ORDER}.map.yaml`, saying('shipped'), CASES)

/** A catalogue over a real store, with three connections of two tenants. */
export function catalogueWorld(files: readonly LayerFile[] = [SHIPPED]) {
  const store = openSqliteStore({ url: ':memory:', engine: true })
  const clock = new ManualClock()
  const broken: { mapping: string; problems: readonly Problem[] }[] = []
  const acts: unknown[] = []
  const mapper = smallMapper()
  let compiled = 0
  const counting: typeof mapper = {
    ...mapper,
    compile(...given) {
      compiled++
      return mapper.compile(...given)
    },
  }
  const newCatalogue = (shipped = files) =>
    createMappingCatalogue({
      mapper: counting,
      files: shipped,
      published: store.mappings,
      onBroken: (mapping, problems) => broken.push({ mapping, problems }),
    })
  const catalogue = newCatalogue()
  const publishing = createPublishing({
    ...{ catalogue, mappings: store.mappings, clock },
    directory: { list: async () => [ACME, ACME_2, GLOBEX] as never },
    tenants: [{ id: 'acme' }, { id: 'globex' }],
    record: async (actor, act) => void acts.push({ actor: actor.id, ...act }),
    readCase: path => {
      throw new Error(`There is no ${path}.`)
    },
  })

  /** What the document of an order says that arrives there. */
  function said(connection: ConnectionScope, topic = 'order', from = catalogue): unknown {
    const plan = from.planFor(connection, topic)
    if (!plan) return 'ignored'
    const result = mapper.run(plan, { id: 1, lines: [] })
    return result.ok ? result.output.body['placedAt'] : result
  }

  return {
    ...{ store, catalogue, publishing, broken, acts, newCatalogue, said },
    compiled: () => compiled,
    /** Past all checks, as another process or an older release may have left it. */
    async stored(scope: MappingScope, text: string): Promise<void> {
      const newest = await store.mappings.list({ mapping: ORDER, scope }, { limit: 1 })
      const entry = { mapping: ORDER, scope, text, cases: '', by: 'test', at: 0 }
      await store.mappings.publish(entry, newest.items[0]?.number ?? 0)
      await catalogue.refresh()
    },
  }
}
