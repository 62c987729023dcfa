import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { declaredHub } from '#test/support/declared.ts'
import { composeBase, manifests } from '#workers/compose/base.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'another-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const kek = (): string => randomBytes(32).toString('base64')

function start(HUB_KEK: string, engine = true) {
  const declared = declaredHub({ baseUrl: 'http://127.0.0.1:9', secret: 'webhook-secret' })
  const config = loadConfig({
    env: { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent', HUB_KEK },
    readFile: () => JSON.stringify(declared),
    manifests,
  })
  return composeBase(config, engine)
}

describe('a hub that starts on a store of a hub with another key-encryption key', () => {
  it('refuses, names the key, and leaves what it found as it was', async () => {
    const [own, other] = [kek(), kek()]
    const first = await start(own)
    const sealed = await first.store.connections.list()
    await first.close()
    await expect(start(other)).rejects.toMatchObject({
      ...{
        code: 'SECRET_UNREADABLE',
        detail: expect.stringMatching(/key-encryption key “\w+” is not there/),
      },
    })
    const again = await start(own)
    expect(await again.store.connections.list()).toEqual(sealed)
    await again.close()
  })

  it('starts where the other key is given beside its own, which is how a key is changed', async () => {
    const [own, other] = [kek(), kek()]
    await (await start(own)).close()
    await (await start(`${other},${own}`)).close()
    await (await start(other)).close()
  })

  it('lets the command line look', async () => {
    await (await start(kek())).close()
    await (await start(kek(), false)).close()
  })
})
