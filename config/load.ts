import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Manifest } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { checkApps } from './check-apps.ts'
import { checkConnections } from './check-connections.ts'
import { checkFlows } from './check-flows.ts'
import { checkHolds } from './check-holds.ts'
import { checkRoles } from './check-roles.ts'
import { createCheckSchema } from './check-schema.ts'
import { checkStock } from './check-stock.ts'
import { checkUnique } from './check-unique.ts'
import { coerce } from './coerce.ts'
import { CONFIG_SCHEMA } from './config-schema.ts'
import { CONFIG_FILE_VARIABLE, checkVariables, readEnvironment } from './environment.ts'
import { createLocate } from './locate.ts'
import { Problems } from './problems.ts'
import { readYaml, type YamlSource } from './read-yaml.ts'
import { type Environment, resolveReferences } from './references.ts'
import { type HubConfig, PROCESS_ROLES, type ProcessRole } from './schema.ts'
import { soundItems } from './sound-items.ts'

export interface LoadOptions {
  env: Environment
  readFile: (path: string) => string
  /** Connector id → manifest: settings and secrets are checked against it. */
  manifests: ReadonlyMap<string, Manifest>
  storedConnections?: StoredConnections
  /** Flows may name connections that are still to be made: the command line is how they come to be. */
  flowEndsMayFollow?: boolean
}

/** Ids of the connections that people made: asked only when a flow names one that is not declared. */
export type StoredConnections = (place: Pick<HubConfig, 'storeUrl' | 'dataDir'>) => ReadonlySet<string>

/** As the schema gives it back: everything there, but nothing derived. */
type Settings = Omit<HubConfig, 'publicUrl' | 'opsPort' | 'roles'> & {
  publicUrl?: string
  opsPort?: number
  roles: (ProcessRole | 'all')[]
}

/** The configuration of this process. The one place of the project that reads the environment. */
export const loadFromProcess = (known: Omit<LoadOptions, 'env' | 'readFile'>): HubConfig =>
  loadConfig({ env: process.env, readFile: path => readFileSync(path, 'utf8'), ...known })

/**
 * Environment over file over defaults, checked and resolved. Throws one `HubError` (`CONFIG_INVALID`,
 * `CONFIG_UNRESOLVED` or `SECRET_MISSING`) whose detail names every problem on a line of its own.
 */
export function loadConfig({ env, readFile, ...known }: LoadOptions): HubConfig {
  const file = readConfigFile(env, readFile)
  const problems = new Problems(createLocate(env, file))
  checkVariables(env, problems)
  const fromFile = resolveReferences(file?.value ?? {}, env, problems) as object
  const settings = coerce(CONFIG_SCHEMA, { ...fromFile, ...readEnvironment(env, problems) }) as Settings
  const config = checked(settings, known, problems)
  problems.throwIfAny()
  return withPaths(config, env[CONFIG_FILE_VARIABLE])
}

function readConfigFile(env: Environment, readFile: LoadOptions['readFile']): YamlSource | null {
  const path = env[CONFIG_FILE_VARIABLE]
  if (path === undefined) return null
  let text: string
  try {
    text = readFile(path)
  } catch (cause) {
    const detail = `${CONFIG_FILE_VARIABLE}: ${path} cannot be read — fix: name a file that this process may read`
    throw new HubError('CONFIG_INVALID', { detail, cause })
  }
  return readYaml(path, text)
}

/** Fills defaults in, and adds what is wrong to the problems: the result counts only if there are none. */
function checked(
  settings: Settings,
  known: Omit<LoadOptions, 'env' | 'readFile'>,
  problems: Problems,
): HubConfig {
  const { manifests, storedConnections = () => new Set<string>(), flowEndsMayFollow = false } = known
  const checkSchema = createCheckSchema()
  const misshapen = checkSchema(CONFIG_SCHEMA, settings).filter(({ path }) => !problems.follows(path))
  problems.add(...misshapen)
  const tenants = soundItems('tenants', settings.tenants, misshapen)
  const connections = soundItems('connections', settings.connections, misshapen)
  const flows = soundItems('flows', settings.flows, misshapen)
  const stock = soundItems('stock', settings.stock, misshapen)
  const holds = soundItems('holds', settings.holds, misshapen)
  checkUnique({ tenants, connections, flows, holds }, problems)
  const roles = settings.roles?.includes('all') ? [...PROCESS_ROLES] : (settings.roles as ProcessRole[])
  if (misshapen.length === 0) checkRoles({ ...settings, roles }, problems)
  const ends = {
    connections: idsOf(settings.connections),
    isStored: (id: string) => flowEndsMayFollow || storedConnections(settings).has(id),
    manifests,
    problems,
  }
  return {
    ...settings,
    roles,
    opsPort: settings.opsPort ?? settings.port,
    publicUrl: settings.publicUrl ?? `http://localhost:${settings.port}`,
    connections: checkConnections(connections, {
      apps: checkApps(settings.apps, manifests, problems),
      tenants: idsOf(settings.tenants),
      manifests,
      checkSchema,
      problems,
    }),
    flows: checkFlows(flows, ends),
    holds: checkHolds(holds, ends),
    stock: checkStock(stock, { ...ends, tenants: idsOf(settings.tenants) }),
  }
}

/** Folders that the file names begin at the file, not where the process was started. */
function withPaths(config: HubConfig, file: string | undefined): HubConfig {
  const { overlays } = config.mappings
  if (overlays === null) return config
  return { ...config, mappings: { overlays: resolve(dirname(file ?? ''), overlays) } }
}

/** Also of items that are wrong elsewhere: one mistake must not make others. */
const idsOf = (items: readonly { id?: string }[]): ReadonlySet<string> =>
  new Set(
    (Array.isArray(items) ? items : []).flatMap((item: { id?: string } | null) =>
      typeof item?.id === 'string' ? [item.id] : [],
    ),
  )
