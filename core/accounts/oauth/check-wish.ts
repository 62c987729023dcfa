import type { Connector, Manifest } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import { checkSettings } from '../connection-rules.ts'
import type { Directory } from '../directory.ts'
import { CONNECTION_ID } from '../manage-connections.ts'
import { type Principal, sees } from '../roles.ts'
import type { Wish } from './connect.ts'

export interface WishDeps {
  directory: Pick<Directory, 'get'>
  connectors: ReadonlyMap<string, Connector>
  tenants: readonly { id: string }[]
}

export interface Asked {
  connector: string
  connection: string
  /** Of a connection that is made now; the own tenant, or the only one, unless told. */
  tenant?: string
  settings: Record<string, unknown>
}

/** What somebody asks to have connected, if they may: a connection there is by its own settings, or a new one. */
export async function checkWish(deps: WishDeps, asked: Asked, principal: Principal): Promise<Wish> {
  const { connector, connection } = asked
  const manifest = deps.connectors.get(connector)?.manifest
  if (!manifest) throw invalid(`There is no connector “${connector}”.`)
  const { id, role, tenant: own } = principal
  const actor = { id, role, tenant: own }
  const existing = await deps.directory.get(connection)
  if (existing) {
    // That of another tenant is told of like an id that is taken, and no more.
    if (!sees(principal, existing) || existing.connector !== connector)
      throw new HubError('STATE_CONFLICT', {
        detail: `“${connection}” is another connection: choose another id.`,
      })
    return { connector, connection, tenant: existing.tenant, settings: { ...existing.settings }, actor }
  }
  if (!CONNECTION_ID.test(connection))
    throw invalid('The id takes lower-case letters, digits and hyphens, at most 64.')
  const tenant = asked.tenant ?? own ?? (deps.tenants.length === 1 ? deps.tenants[0]!.id : '')
  if (!sees(principal, { tenant }) || !deps.tenants.some(known => known.id === tenant))
    throw invalid(`There is no tenant “${tenant}”.`)
  checkSettings(beforeAgreement(manifest), asked.settings)
  return { connector, connection, tenant, settings: asked.settings, actor }
}

/** As far as the settings can be known before the partner tells the others. */
function beforeAgreement(manifest: Manifest): Manifest {
  const { auth, settings } = manifest
  const told = auth?.kind === 'oauth2' ? Object.values(auth.settingsFromCallback ?? {}) : []
  const required = (settings['required'] as readonly string[] | undefined) ?? []
  return { ...manifest, settings: { ...settings, required: required.filter(name => !told.includes(name)) } }
}

const invalid = (detail: string): HubError => new HubError('INPUT_INVALID', { detail })
