import type { LiveConnection } from '#core/accounts/directory.ts'
import { ensureDeclared } from '#core/accounts/ensure-declared.ts'
import { checkWish } from '#core/accounts/oauth/check-wish.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { formatInstant } from '#core/kernel/instant.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'
import type { Base } from '../../compose/base.ts'
import { connectionView } from '../../web/api/views/connection-view.ts'
import type { Answer, Run } from '../command.ts'
import { readSecrets, readSettings } from '../connection-input.ts'
import { CLI } from '../hub-access.ts'
import { probeConnection, probeFix } from '../probe.ts'
import { facts } from '../text/facts.ts'
import { pageAnswer } from '../text/page.ts'

interface Given {
  tenant: string
  connector: string
  set?: string[]
  secret?: string[]
  unset?: string[]
}

export const add: Run = async ({ args: [id = ''], options, hub, world }) => {
  const base = await hub.base()
  const { tenant, connector, set, secret } = options as unknown as Given
  checkNames(base, tenant, connector)
  const secrets = await readSecrets(secret, world)
  await base.connections.create({ id, tenant, connector, settings: readSettings(set), secrets }, CLI)
  return shown(base, await existing(base, id))
}

export const list: Run = async ({ options, hub, world }) => {
  const base = await hub.base()
  const { tenant, connector, state } = options as Partial<LiveConnection>
  const items = (await base.directory.list())
    .filter(one => (tenant ?? one.tenant) === one.tenant && (connector ?? one.connector) === one.connector)
    .filter(one => (state ?? one.state) === one.state)
    .sort((a, b) => a.id.localeCompare(b.id))
  return pageAnswer({
    page: { items, next: null, total: items.length },
    view: one => connectionView(one, base.connectors),
    columns: [
      { title: 'CONNECTION', of: one => one.id },
      { title: 'TENANT', of: one => one.tenant },
      { title: 'CONNECTOR', of: one => one.connector },
      { title: 'STATE', of: one => one.state },
      { title: 'MADE', of: one => (one.declared ? 'declared' : 'by hand') },
      { title: 'REASON', of: one => one.stateReason },
    ],
    width: world.width,
    empty: 'No connection yet. Declare one in HUB_CONFIG or make one: hub connections add --help',
  })
}

export const show: Run = async ({ args: [id = ''], hub }) => {
  const base = await hub.base()
  return shown(base, await existing(base, id))
}

export const change: Run = async ({ args: [id = ''], options, hub, world }) => {
  const base = await withRow(await hub.base(), id)
  const { set, secret, unset = [] } = options as unknown as Given
  const settings = { ...readSettings(set), ...Object.fromEntries(unset.map(name => [name, null])) }
  const secrets = secret && (await readSecrets(secret, world))
  await base.connections.change(id, { settings, secrets }, CLI)
  return shown(base, await existing(base, id))
}

export const pause: Run = async ({ args: [id = ''], options, hub }) => {
  const base = await withRow(await hub.base(), id)
  await base.connections.pause(id, String(options['reason']), CLI)
  return shown(base, await existing(base, id))
}

export const resume: Run = async ({ args: [id = ''], hub }) => {
  const base = await withRow(await hub.base(), id)
  await base.connections.resume(id, CLI)
  return shown(base, await existing(base, id))
}

export const remove: Run = async ({ args: [id = ''], hub }) => {
  const { connections } = await withRow(await hub.base(), id)
  await connections.remove(id, CLI)
  return { json: { id, removed: true }, text: `Connection ${id} is removed; what it brought stays.` }
}

export const probe: Run = async ({ args: [id = ''], hub }) => {
  const base = await hub.base()
  const probed = await probeConnection(base, await existing(base, id))
  if (probed.ok) return { json: { id, ...probed }, text: `✓ ${id}: ${probed.detail}` }
  const { code, message } = probed.error
  const fix = probeFix(probed.error)
  return {
    json: { id, ok: false, code, detail: message, fix },
    text: `✗ ${id}: ${code}: ${message}\n  fix: ${fix}`,
    failed: true,
  }
}

export const authorize: Run = async ({ args: [id = ''], options, hub }) => {
  const base = await hub.base()
  const { tenant, connector, set } = options as unknown as Partial<Given>
  const asked = {
    connector: connector ?? (await existing(base, id)).connector,
    connection: id,
    tenant,
    settings: readSettings(set),
  }
  const wish = await checkWish({ ...base, tenants: base.config.tenants }, asked, CLI)
  const { url, expiresAt } = await base.connect.invite(wish)
  await base.record(CLI, { action: 'connection.invite', subject: id, detail: { connector: wish.connector } })
  return {
    json: { id, url, expiresAt },
    text: `${url}\nOpen it in a browser, or send it to the merchant: it works once, until ${formatInstant(expiresAt)}.`,
  }
}

export const subscribe: Run = async ({ args: [id = ''], hub }) => {
  const base = await withRow(await hub.base(), id)
  const { problem, present, created, repaired } = await base.subscribeNow(await existing(base, id))
  await base.record(CLI, { action: 'connection.subscribe', subject: id })
  const counts = `${present.length} present, ${created.length} created, ${repaired.length} repaired`
  return {
    json: { id, present, created, repaired, ...(problem ? { problem } : {}) },
    text: problem ? `✗ ${id}: ${problem}` : `✓ ${id}: ${counts}.`,
    failed: problem !== undefined,
  }
}

/** Names what there is: the register's message alone would not help. */
function checkNames({ config, connectors }: Base, tenant: string, connector: string): void {
  const tenants = config.tenants.map(({ id }) => id)
  if (!tenants.includes(tenant))
    throw new HubError('INPUT_INVALID', {
      detail: `There is no tenant “${tenant}”. Tenants stand in the file that HUB_CONFIG names: ${tenants.join(', ') || 'none yet'}.`,
    })
  if (!connectors.has(connector))
    throw new HubError('INPUT_INVALID', {
      detail: `There is no connector “${connector}”. There are: ${[...connectors.keys()].sort().join(', ')}.`,
    })
}

async function existing({ directory }: Base, id: string): Promise<LiveConnection> {
  const connection = await directory.get(id)
  if (!connection) throw new HubError('NOT_FOUND', { detail: `Connection “${id}”.` })
  return connection
}

/** A declared connection has no row before the hub's first start, and is a connection all the same. */
async function withRow(base: Base, id: string): Promise<Base> {
  const { store, config, clock } = base
  const declared = config.connections.filter(one => one.id === id)
  if (!(await store.connections.get(id)))
    await ensureDeclared({ connections: store.connections, declared, now: clock.now() })
  return base
}

function shown({ connectors, config }: Base, connection: LiveConnection): Answer {
  const view = connectionView(connection, connectors)
  const manifest = connectors.get(view.connector)?.manifest
  const topics = Object.keys((manifest && manifestFor(manifest, connection).topics) ?? {})
  const webhooks =
    topics.length > 0 ? `${config.publicUrl.replace(/\/$/, '')}/webhooks/${view.id}` : undefined
  const secrets = Object.entries(view.secrets).map(
    ([name, { set }]) => `${name} (${set ? 'set' : 'not set'})`,
  )
  return {
    json: view,
    text: facts({
      connection: view.id,
      tenant: view.tenant,
      connector: `${view.connector} (${view.name})`,
      state: view.stateReason ? `${view.state}: ${view.stateReason}` : view.state,
      made: view.declared ? 'declared in the configuration' : 'by hand',
      settings: JSON.stringify(view.settings),
      secrets: secrets.join(', '),
      webhooks,
    }),
  }
}
