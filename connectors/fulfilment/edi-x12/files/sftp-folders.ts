import { createHash, timingSafeEqual } from 'node:crypto'
import type SftpClient from 'ssh2-sftp-client'
import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import type { EdiSettings } from '../settings.ts'
import { isPlain, isWhole, type PartnerFolders, withSuffix } from './folders.ts'

const READY_MS = 20_000

/** Folders on an SFTP server. The host key has to be the one of the settings: nothing is sent to any other. */
export async function sftpFolders(settings: EdiSettings, context: ConnectorContext): Promise<PartnerFolders> {
  const client = await connected(settings, context)
  const { inFolder, outFolder, archiveFolder } = settings
  const at = (folder: string, name: string): string => {
    if (!isPlain(name)) throw new HubError('INPUT_INVALID', { detail: 'A file name is no plain name.' })
    return `${folder.replace(/\/+$/, '')}/${name}`
  }
  const ask = <T>(work: () => Promise<T>): Promise<T> => work().catch(failed)

  const incoming = () =>
    ask(async () =>
      (await client.list(inFolder))
        .filter(({ type, name }) => type === '-' && isWhole(name))
        .map(({ name, size, modifyTime }) => ({ name, size, changedAt: modifyTime }))
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
    )

  return {
    incoming,
    read: name => ask(async () => Buffer.from((await client.get(at(inFolder, name))) as Buffer)),
    archive: (name, suffix) =>
      ask(async () => {
        if ((await client.exists(archiveFolder)) === false) await client.mkdir(archiveFolder, true)
        const isTaken = (await client.exists(at(archiveFolder, name))) !== false
        if ((await client.exists(at(inFolder, name))) === false) return
        await client.rename(at(inFolder, name), at(archiveFolder, isTaken ? withSuffix(name, suffix) : name))
      }),
    send: (name, bytes) =>
      ask(async () => {
        const draft = at(outFolder, `${name}.tmp`)
        await client.put(Buffer.from(bytes), draft)
        // SFTP version 3 does not rename over a file that is there; the same name holds the same bytes.
        if ((await client.exists(at(outFolder, name))) !== false) await client.delete(at(outFolder, name))
        await client.rename(draft, at(outFolder, name))
      }),
    async look() {
      const found = await incoming()
      await ask(() => client.list(outFolder))
      return { incoming: found.length }
    },
    async close() {
      await client
        .end()
        .catch((thrown: unknown) =>
          context.log('debug', 'the SFTP session did not end well', { reason: nameOf(thrown) }),
        )
    },
  }
}

async function connected(settings: EdiSettings, context: ConnectorContext): Promise<SftpClient> {
  const { hostKeySha256 = '' } = settings
  let refused = false
  // Few hubs have such a partner, and every hub knows the connector.
  const { default: Client } = await import('ssh2-sftp-client')
  // Without listeners of one’s own the library prints its events.
  const client = new Client('edi-x12', { error: ignore, end: ignore, close: ignore })
  const [password] = context.connection.secrets['sftpPassword'] ?? []
  const [privateKey] = context.connection.secrets['sftpPrivateKey'] ?? []
  try {
    await client.connect({
      ...{ host: settings.sftpHost, port: settings.sftpPort, username: settings.sftpUser },
      ...(privateKey === undefined ? { password } : { privateKey }),
      readyTimeout: READY_MS,
      hostVerifier: (key: Buffer) => {
        refused = !isTheKey(key, hostKeySha256)
        return !refused
      },
    })
    return client
  } catch (cause) {
    if (refused)
      throw new HubError('UNAUTHORIZED', {
        detail:
          'The SFTP server shows another host key than `hostKeySha256`; ask the partner before you change it.',
        fingerprint: 'host-key',
        cause,
      })
    return failed(cause)
  }
}

/** Whatever goes wrong also rejects the call that is under way. */
const ignore = (): void => undefined

function isTheKey(key: Buffer, wanted: string): boolean {
  const shown = createHash('sha256').update(key).digest()
  const known = Buffer.from(wanted.replace(/^SHA256:/, ''), 'base64')
  return known.length === shown.length && timingSafeEqual(known, shown)
}

/** The library’s messages name hosts, users and paths; only its code goes on. */
function failed(cause: unknown): never {
  if (cause instanceof HubError) throw cause
  const reason = nameOf(cause)
  if (cause instanceof Error && /authentication methods failed|permission denied/i.test(cause.message))
    throw new HubError('UNAUTHORIZED', {
      detail: `The SFTP server refuses: ${reason}.`,
      fingerprint: reason,
      cause,
    })
  throw new HubError('PARTNER_UNREACHABLE', { detail: `SFTP: ${reason}.`, fingerprint: reason, cause })
}

const nameOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown
    ? String(thrown.code).slice(0, 40)
    : 'no code'
