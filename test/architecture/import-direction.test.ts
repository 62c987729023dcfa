import { describe, expect, it } from '@jest/globals'
import { type Import, importsOf, sourceFiles } from '../support/source-files.ts'

interface Rule {
  name: string
  reason: string
  breaks(edge: Import): boolean
}

const under = (path: string, ...folders: string[]): boolean =>
  folders.some(folder => path === folder || path.startsWith(`${folder}/`))

/** Lower domains never import higher ones; a domain may import its own level's files only through its own folder. */
const LEVELS: string[][] = [
  ['core/contracts', 'core/errors'],
  ['core/kernel'],
  [
    'core/store',
    'core/queue',
    'core/mapping',
    'core/documents',
    'core/resilience',
    'core/accounts',
    'core/inbox',
    'core/health',
  ],
  ['core/deadletter'],
  ['core/reconcile', 'core/inventory', 'core/orchestration', 'core/settlements'],
  ['core/sync'],
]

const levelOf = (path: string): number => LEVELS.findIndex(folders => under(path, ...folders))

/** Packages that one folder only may know. */
const OWNED_PACKAGES: Record<string, string[]> = {
  'node:sqlite': ['core/store/sqlite'],
  mongodb: ['core/store/mongo'],
  bullmq: ['core/queue/bullmq'],
  ioredis: ['core/queue/bullmq', 'core/resilience/redis'],
  express: ['workers/web'],
  helmet: ['workers/web'],
  jsonata: ['core/mapping'],
  cockatiel: ['core/resilience'],
  'prom-client': ['core/health'],
  pino: ['core/health'],
  axios: ['core/kernel'],
  commander: ['workers/cli'],
  '@shopify/shopify-api': ['connectors/storefronts/shopify'],
}

const RULES: Rule[] = [
  {
    name: 'contracts import types only',
    reason: 'The contracts are the architecture on one screen: nothing runs in them.',
    breaks: edge => under(edge.from, 'core/contracts') && !edge.typeOnly,
  },
  {
    name: 'core is free of workers, connectors and partner knowledge',
    reason: 'The hub must run with any set of connectors and in any process.',
    breaks: edge =>
      under(edge.from, 'core') && edge.own && under(edge.to, 'workers', 'connectors', 'test', 'scripts'),
  },
  {
    name: 'core domains import domains below them',
    reason: 'A domain is understood without those that are built on it.',
    breaks: edge =>
      edge.own && !edge.typeOnly && levelOf(edge.from) >= 0 && levelOf(edge.to) > levelOf(edge.from),
  },
  {
    name: 'core knows configuration by its types only',
    reason: 'Settings come in as parameters.',
    breaks: edge => under(edge.from, 'core') && under(edge.to, 'config') && !edge.typeOnly,
  },
  {
    name: 'a connector sees only the SDK',
    reason: 'Adding a partner needs no knowledge of the hub’s inside.',
    breaks: edge =>
      /^connectors\/(?!sdk|registry)/.test(edge.from) &&
      edge.own &&
      !edge.typeOnly &&
      !under(edge.to, 'connectors/sdk', edge.from.split('/').slice(0, 3).join('/')),
  },
  {
    name: 'nothing imports workers or tests',
    reason: 'Processes are put together from the inside out.',
    breaks: edge =>
      edge.own && under(edge.to, 'workers', 'test') && !under(edge.from, 'workers', 'test', 'scripts'),
  },
  {
    name: 'only the composition root makes drivers and connectors',
    reason: 'A driver is chosen once, in one place.',
    breaks: edge =>
      edge.own &&
      under(edge.from, 'core', 'workers', 'connectors') &&
      !under(edge.from, 'workers/compose', 'core/store', 'core/queue', 'workers/cli') &&
      !edge.typeOnly &&
      (under(edge.to, 'core/store', 'core/queue') || edge.to === 'connectors/registry.ts'),
  },
  ...Object.entries(OWNED_PACKAGES).map(([name, folders]) => ({
    name: `${name} is imported in ${folders.join(', ')} only`,
    reason: 'One folder hides one library, so that it can be replaced.',
    breaks: (edge: Import) => edge.to === name && !under(edge.from, ...folders, 'test', 'scripts'),
  })),
]

const edges = sourceFiles().flatMap(importsOf)

describe('import direction', () => {
  it('sees the project', () => expect(edges.length).toBeGreaterThan(200))

  it.each(RULES)('$name', ({ reason, breaks }) => {
    const broken = edges.filter(breaks).map(edge => `${edge.from} → ${edge.to}: ${reason}`)
    expect(broken).toEqual([])
  })

  it('has no cycle', () => expect(findCycle(edges.filter(edge => edge.own && !edge.typeOnly))).toEqual([]))
})

/** The first cycle found, as a path; empty if there is none. */
function findCycle(own: readonly Import[]): string[] {
  const next = Map.groupBy(own, edge => edge.from)
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    done.add(file)
    for (const edge of next.get(file) ?? []) {
      const cycle = visit(edge.to, [...path, file])
      if (cycle.length > 0) return cycle
    }
    return []
  }
  for (const file of next.keys()) {
    const cycle = visit(file, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
