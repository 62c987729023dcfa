import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { CONFIG_FILE_VARIABLE, VARIABLES } from '#config/environment.ts'
import { loadConfig } from '#config/load.ts'
import { PROCESS_ROLES } from '#config/schema.ts'
import { manifests } from '#workers/compose/base.ts'

interface Service {
  build?: string
  image?: string
  environment?: Record<string, string>
  stop_grace_period?: string
  read_only?: boolean
  cap_drop?: string[]
  security_opt?: string[]
  healthcheck?: unknown
  ports?: string[]
  deploy?: { replicas?: number; resources?: { limits?: { memory?: string } } }
}

const servicesOf = (file: string): Record<string, Service> =>
  parse(readFileSync(file, 'utf8'), { merge: true }).services

/** As compose does it: `${NAME:-value}` is the value, `${NAME:?why}` has to be given. */
const GIVEN: Record<string, string> = { HUB_KEK: Buffer.alloc(32, 1).toString('base64') }
const filled = (value: string): string =>
  value.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, name: string, kind: string, text: string) =>
    kind === '-' ? text : (GIVEN[name] ?? ''),
  )

const configOf = ({ environment = {} }: Service) =>
  loadConfig({
    env: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)])),
    readFile: () => '{}',
    manifests,
  })

describe.each(['compose.yaml', 'compose.distributed.yaml'])('%s', file => {
  const services = Object.entries(servicesOf(file))
  const hubs = services.filter(([, { build }]) => build !== undefined)

  it('gives each process a configuration that loads, with settings that there are', () => {
    const known = [CONFIG_FILE_VARIABLE, ...VARIABLES.values()]
    const given = hubs.flatMap(([, { environment = {} }]) => Object.keys(environment))
    expect(given.filter(name => name.startsWith('HUB_') && !known.includes(name))).toEqual([])
    for (const [, hub] of hubs) expect(configOf(hub).roles).not.toEqual([])
  })

  it('serves every role', () => {
    const served = new Set(hubs.flatMap(([, hub]) => configOf(hub).roles))
    expect([...served].toSorted()).toEqual(PROCESS_ROLES.toSorted())
  })

  it('lets running work end before the process is killed', () => {
    for (const [, hub] of hubs) {
      const { drainMs, farewellMs } = configOf(hub).engine
      const graceMs = 1_000 * Number(/^(\d+)s$/.exec(hub.stop_grace_period ?? '')?.[1])
      expect(graceMs).toBeGreaterThan(drainMs + farewellMs + 2_000)
    }
  })

  it('locks every container down and bounds its memory', () => {
    for (const [, service] of services) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      })
      expect(service.deploy?.resources?.limits?.memory).toMatch(/^\d+[MG]$/)
    }
  })

  it('pins images of others to a major version, and looks whether they are well', () => {
    for (const [, { image, healthcheck }] of services.filter(([, { build }]) => build === undefined)) {
      expect(image).toMatch(/^[a-z]+:\d+$/)
      expect(healthcheck).toBeDefined()
    }
  })

  it('publishes one port', () => {
    expect(services.flatMap(([, { ports = [] }]) => ports)).toEqual(['8080:8080'])
  })
})

describe('compose.distributed.yaml', () => {
  const services = servicesOf('compose.distributed.yaml')

  it('has two of what takes in, translates and delivers', () => {
    for (const name of ['web', 'translator', 'deliverer'])
      expect([name, services[name]?.deploy?.replicas]).toEqual([name, 2])
  })

  it('does not start without a key of its own', () => {
    for (const { environment } of Object.values(services).filter(({ build }) => build !== undefined))
      expect(environment?.['HUB_KEK']).toMatch(/^\$\{HUB_KEK:\?/)
  })
})

describe('the image', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')

  it('is looked after by whether it is alive, not by whether its store is', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]*\/livez/)
    expect(dockerfile).not.toContain('/readyz')
  })
})
