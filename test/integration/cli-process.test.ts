import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type CliWorld, CONFIG, cliWorld } from './cli-harness.ts'

let cli: CliWorld

beforeEach(() => {
  cli = cliWorld()
})

afterEach(() => cli.close())

interface Ended {
  code: number | null
  out: string
  err: string
}

/** `hub` as people call it. */
async function hub(args: string[], env: Record<string, string>, stdin = ''): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, ['workers/cli/hub.ts', ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  child.stdin?.end(stdin)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ])
  return { code, out, err }
}

const env = (more: Record<string, string> = {}) => ({ HUB_DATA_DIR: cli.dataDir, ...more })

function configured(more: Record<string, string> = {}) {
  const file = join(cli.dataDir, 'hub.yaml')
  writeFileSync(file, CONFIG)
  return env({ HUB_CONFIG: file, ...more })
}

describe('hub as a process', () => {
  it('makes a key while a hub holds the store, and prints one JSON value and nothing else', async () => {
    const store = cli.store()
    const { code, out, err } = await hub(['keys', 'create', '--role', 'admin', '--json'], env())
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    expect((await store.keys.list('api')).map(({ id }) => id)).toEqual([JSON.parse(out).id])
  })

  it('says which file HUB_CONFIG names when it cannot be read', async () => {
    const { code, out, err } = await hub(['connections', 'list'], env({ HUB_CONFIG: '/nowhere/hub.yaml' }))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^CONFIG_INVALID: .*\n {2}HUB_CONFIG: \/nowhere\/hub\.yaml cannot be read — fix: /)
  })

  it('takes a secret from standard input', async () => {
    const line =
      'connections add erp --tenant acme --connector rest-erp --set baseUrl=http://127.0.0.1:9 --secret token=-'
    const { code, out } = await hub([...line.split(' '), '--json'], configured(), 'piped-secret\n')
    expect(code).toBe(0)
    expect(JSON.parse(out).secrets.token).toEqual({ set: true })
  })

  it('doctor: every check on a line; a taken port is one that fails, with what to do', async () => {
    const other = createServer((_, response) => response.end('hello')).listen(0)
    await once(other, 'listening')
    const port = String((other.address() as AddressInfo).port)
    const { code, out } = await hub(['doctor'], configured({ HUB_PORT: port }))
    other.close()
    expect(code).toBe(1)
    expect(out).toMatch(/^✓ Node: 24\./)
    for (const good of ['mappings', 'configuration', 'data folder', 'store', 'connection acme-shopify'])
      expect(out).toContain(`✓ ${good}: `)
    expect(out).toMatch(new RegExp(`✗ port ${port}: another program listens there\\n {4}fix: `))
    expect(out.match(/✗/g)).toHaveLength(1)
  })
})
