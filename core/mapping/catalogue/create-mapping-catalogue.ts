import type { CompileResult, MappingFile, Plan, Problem } from '../../contracts/mapper.ts'
import type { PublishedMappings } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { DescribingMapper } from '../mapper.ts'
import { CompiledStacks, keysOf, type OnBroken } from './compiled-stacks.ts'
import { audienceOf, draftLayer, fileLayer, type KnownLayer, publishedLayer, stackOf } from './layer-stack.ts'
import type { Audience, ConnectionScope, MappingCatalogue, MappingChange } from './mapping-catalogue.ts'
import type { LayerFile } from './mapping-files.ts'
import { orphanProblems } from './orphan-problems.ts'
import { type Draft, stackWith } from './stack-with.ts'
import { planOf, type Stack, type Topics, topicsOf } from './topic-plans.ts'

export interface CatalogueOptions {
  mapper: DescribingMapper
  /** Shipped files first, then those of the configuration. */
  files: readonly LayerFile[]
  published: Pick<PublishedMappings, 'heads' | 'count'>
  onBroken: OnBroken
}

/** What holds at one connection. */
interface Holding {
  tenant: string
  connector: string
  plans: Topics['plans']
}

export const createMappingCatalogue = (options: CatalogueOptions): MappingCatalogue => new Catalogue(options)

class Catalogue implements MappingCatalogue {
  readonly mapper: DescribingMapper
  readonly #source: CatalogueOptions['published']
  readonly #files: readonly KnownLayer[]
  readonly #stacks: CompiledStacks
  #published: readonly KnownLayer[] = []
  /** Everything by mapping: files, then what was published. */
  #layers: ReadonlyMap<string, readonly KnownLayer[]>
  /** By the stacks behind them: connections without layers of their own share one. */
  readonly #topics = new Map<string, Topics>()
  /** By connection. */
  readonly #holding = new Map<string, Holding>()
  #count = 0
  #refreshing: Promise<void> = Promise.resolve()

  constructor({ mapper, files, published, onBroken }: CatalogueOptions) {
    this.mapper = mapper
    this.#source = published
    this.#stacks = new CompiledStacks(mapper, onBroken)
    this.#files = files.map(fileLayer)
    this.#layers = byMapping(this.#files)
  }

  ids(): readonly string[] {
    return [...this.#layers.keys()].filter(mapping => this.layers(mapping).length > 0).sort()
  }

  plans(connector?: string): readonly Plan[] {
    const wanted = (mapping: string) => connector === undefined || this.#connectorOf(mapping) === connector
    return this.#stacksFor({}, wanted).flatMap(({ result }) => result.plan ?? [])
  }

  planFor(connection: ConnectionScope, topic: string): Plan | undefined {
    const known = this.#holding.get(connection.id)
    const holds = known?.tenant === connection.tenant && known.connector === connection.connector
    return orThrow((holds ? known : this.#hold(connection)).plans.get(topic))
  }

  outgoing(destination: ConnectionScope, id: string): Plan | undefined {
    const stack = this.#stack(id, destination)
    const isOutgoing = stack?.layers[0]?.header.outgoing === true
    return isOutgoing ? orThrow(planOf(id, stack.result)) : undefined
  }

  layers(mapping: string, audience: Audience = {}): readonly KnownLayer[] {
    return stackOf(this.#layers.get(mapping) ?? [], audience)
  }

  compiled(mapping: string, audience: Audience = {}): CompileResult | null {
    return this.#stack(mapping, audience)?.result ?? null
  }

  compileWith(mapping: string, file: MappingFile, audience?: Audience): CompileResult {
    const draft = draftLayer(mapping, file)
    return this.#stackWith({ mapping, scope: draft.scope, draft }, audience).result
  }

  stackWith({ mapping, scope, file }: MappingChange, audience?: Audience): Stack {
    return this.#stackWith({ mapping, scope, draft: file && draftLayer(mapping, file) }, audience)
  }

  #stackWith(change: Draft, audience: Audience = audienceOf(change.scope)): Stack {
    const others = [...this.#layers.keys()].filter(id => id !== change.mapping)
    return stackWith(change, {
      audience,
      layers: this.#layers.get(change.mapping) ?? [],
      others: others.flatMap(id => this.layers(id, audience).slice(0, 1)),
      mapper: this.mapper,
    })
  }

  check(connections: readonly ConnectionScope[] = []): readonly Problem[] {
    const scopes = new Set([...this.#layers.values()].flat().map(({ scope }) => scope))
    // For the others holds what holds for everybody.
    const special = connections.filter(
      ({ id, tenant }) => scopes.has(`tenant:${tenant}`) || scopes.has(`connection:${id}`),
    )
    const audiences = [{}, ...[...scopes].map(audienceOf), ...special]
    const used = new Set(connections.map(({ connector }) => connector))
    const wanted = (mapping: string): boolean =>
      used.size === 0 || used.has(this.#connectorOf(mapping)) || this.#layers.get(mapping)!.length > 1
    const problems = audiences.flatMap(audience => this.#problemsFor(audience, wanted))
    return distinct([...orphanProblems(this.#layers), ...problems])
  }

  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => undefined).then(() => this.#takeOver())
    return this.#refreshing
  }

  /** Counted first: what is published meanwhile is taken over now or seen next time. */
  async #takeOver(): Promise<void> {
    const count = await this.#source.count()
    if (count === this.#count) return
    const heads = await this.#source.heads()
    const before = new Map(this.#published.map(layer => [`${layer.mapping} ${layer.key}`, layer]))
    const published = heads
      .filter(({ text }) => text !== '')
      .map(head => before.get(`${head.mapping} ${head.scope}#${head.number}`) ?? publishedLayer(head))
    this.#count = count
    this.#replace(published)
  }

  /** Mappings whose layers are as before stay compiled. */
  #replace(published: readonly KnownLayer[]): void {
    const layers = byMapping([...this.#files, ...published])
    for (const mapping of this.#layers.keys())
      if (keysOf(layers.get(mapping)) !== keysOf(this.#layers.get(mapping))) this.#stacks.forget(mapping)
    this.#published = published
    this.#layers = layers
    this.#topics.clear()
    this.#holding.clear()
  }

  #hold(connection: ConnectionScope): Holding {
    const { id, tenant, connector } = connection
    const own = this.#stacksFor(connection, mapping => this.#connectorOf(mapping) === connector)
    const holding = { tenant, connector, plans: this.#topicsOf(own).plans }
    this.#holding.set(id, holding)
    return holding
  }

  #problemsFor(audience: Audience, wanted: Wanted): Problem[] {
    const stacks = this.#stacksFor(audience, wanted)
    const byConnector = Map.groupBy(stacks, connectorOf)
    return [
      ...stacks.flatMap(({ result }) => result.problems),
      ...[...byConnector.values()].flatMap(own => this.#topicsOf(own).problems),
    ]
  }

  #topicsOf(stacks: readonly Stack[]): Topics {
    const key = stacks.map(({ layers }) => `${layers[0]!.mapping} ${keysOf(layers)}`).join('\n')
    const found = this.#topics.get(key) ?? topicsOf(stacks)
    this.#topics.set(key, found)
    return found
  }

  /** In the order of their ids. What nobody wants is not compiled: a hub knows far more partners than it has. */
  #stacksFor(audience: Audience, wanted: Wanted = () => true): Stack[] {
    return [...this.#layers.keys()]
      .filter(wanted)
      .sort()
      .flatMap(mapping => this.#stack(mapping, audience) ?? [])
  }

  /** An overlay names none of its own: that of the mapping it lies on. */
  #connectorOf(mapping: string): string {
    return this.#layers.get(mapping)?.[0]?.header.connector ?? ''
  }

  #stack(mapping: string, audience: Audience): Stack | null {
    return this.#stacks.of(mapping, this.layers(mapping, audience))
  }
}

/** Whether a mapping is concerned, by its id. */
type Wanted = (mapping: string) => boolean

const connectorOf = ({ layers }: Stack): string => layers[0]!.header.connector

function orThrow(found: Plan | HubError | undefined): Plan | undefined {
  if (found instanceof HubError) throw found
  return found
}

const byMapping = (layers: readonly KnownLayer[]): ReadonlyMap<string, readonly KnownLayer[]> =>
  Map.groupBy(layers, ({ mapping }) => mapping)

const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map(problem => [JSON.stringify(problem), problem])).values(),
]
