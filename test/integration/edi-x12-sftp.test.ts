import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { probe } from '#connectors/fulfilment/edi-x12/probe.ts'
import { ediPartner, orderBody } from './edi-x12-partner.ts'
import { sftpServer } from './sftp-server.ts'

describe('an EDI partner behind SFTP', () => {
  let edi: Awaited<ReturnType<typeof ediPartner>>
  let server: Awaited<ReturnType<typeof sftpServer>>

  beforeEach(async () => {
    edi = await ediPartner()
    server = await sftpServer(edi.root)
    mkdirSync(join(edi.root, 'state'), { recursive: true })
    configure()
  })

  afterEach(async () => {
    await server.close()
    await edi.warehouse.close()
  })

  function configure(other: Record<string, unknown> = {}, password = 'kept-secret'): void {
    const { settings } = edi.context.connection
    Object.assign(settings, {
      ...{ inFolder: '/in', outFolder: '/out', sftpHost: '127.0.0.1', sftpPort: server.port },
      ...{ sftpUser: 'acme', hostKeySha256: server.hostKeySha256, ...other },
    })
    Object.assign(edi.context.connection.secrets, { sftpPassword: [password] })
  }

  it('sends whole files, reads and archives', async () => {
    await edi.push({ body: orderBody('1001', 3) })
    expect(readdirSync(join(edi.root, 'out'))).toEqual([expect.stringMatching(/^940-000000001-.*\.edi$/)])
    await edi.warehouse.work()
    writeFileSync(join(edi.root, 'in', 'coming.edi.part'), 'ISA')
    const messages = await edi.poll()
    expect(messages.map(({ topic }) => topic)).toEqual(['945', '997'])
    expect(readdirSync(join(edi.root, 'in')).sort()).toEqual(['archive', 'coming.edi.part'])
    expect(readdirSync(join(edi.root, 'in', 'archive'))).toHaveLength(2)
    expect(readdirSync(join(edi.root, 'out')).filter(name => name.startsWith('997'))).toHaveLength(1)
    expect(await edi.poll()).toEqual([])
  })

  it('says that it works', async () => {
    expect(await probe(edi.context)).toEqual({
      ok: true,
      detail: 'Connected by SFTP; 0 files wait to be read.',
    })
  })

  it('refuses a server that shows another host key, before it says who we are', async () => {
    configure({ hostKeySha256: `SHA256:${'A'.repeat(43)}` })
    await expect(edi.push({ body: orderBody('1001', 3) })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      detail: expect.stringContaining('host key'),
    })
    expect(readdirSync(join(edi.root, 'out'))).toEqual([])
  })

  it('asks for new credentials when the server refuses them, without telling them', async () => {
    configure({}, 'wrong-password')
    const failed = probe(edi.context).catch((thrown: unknown) => thrown)
    expect(await failed).toMatchObject({ code: 'UNAUTHORIZED' })
    expect(JSON.stringify(await failed)).not.toContain('wrong-password')
  })
})
