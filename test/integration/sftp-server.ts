import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { Server, type SFTPWrapper, utils } from 'ssh2'

const { OPEN_MODE, STATUS_CODE } = utils.sftp

/** A real SFTP server (version 3) on this machine that shows one folder; one user, one password. */
export async function sftpServer(root: string, { user = 'acme', password = 'kept-secret' } = {}) {
  const { private: hostKey, public: publicKey } = utils.generateKeyPairSync('ed25519')
  const server = new Server({ hostKeys: [hostKey] }, client => {
    client.on('error', () => client.end())
    client.on('authentication', attempt =>
      attempt.method === 'password' && attempt.username === user && attempt.password === password
        ? attempt.accept()
        : attempt.reject(['password']),
    )
    client.on('session', accept => {
      accept().on('sftp', open => serve(open(), root))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const blob = Buffer.from(publicKey.split(' ')[1]!, 'base64')
  return {
    port: (server.address() as AddressInfo).port,
    hostKeySha256: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

function serve(sftp: SFTPWrapper, root: string): void {
  const at = (path: string): string => join(root, normalize(`/${path}`))
  const handles = new Map<number, { descriptor?: number; names?: string[]; folder: string }>()
  let last = 0
  const opened = (one: { descriptor?: number; names?: string[]; folder: string }): Buffer => {
    handles.set(++last, one)
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(last)
    return handle
  }
  const of = (handle: Buffer) => handles.get(handle.readUInt32BE(0))!
  const attributes = (path: string) => {
    const { mode, uid, gid, size, atimeMs, mtimeMs } = statSync(path)
    return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1_000), mtime: Math.floor(mtimeMs / 1_000) }
  }
  /** Whatever goes wrong is “no such file”: all that these tests need. */
  const answered = (id: number, work: () => void): void => {
    try {
      work()
    } catch {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
    }
  }
  const done = (id: number, work: () => void) =>
    answered(id, () => {
      work()
      sftp.status(id, STATUS_CODE.OK)
    })

  sftp.on('REALPATH', (id, path) =>
    sftp.name(id, [{ filename: normalize(`/${path}`), longname: '', attrs: {} as never }]),
  )
  const stat = (id: number, path: string): void => answered(id, () => sftp.attrs(id, attributes(at(path))))
  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('OPENDIR', (id, path) =>
    answered(id, () => sftp.handle(id, opened({ folder: at(path), names: readdirSync(at(path)) }))),
  )
  sftp.on('READDIR', (id, handle) =>
    answered(id, () => {
      const { names = [], folder } = of(handle)
      const batch = names.splice(0)
      if (batch.length === 0) return void sftp.status(id, STATUS_CODE.EOF)
      const entries = batch.map(filename => {
        const attrs = attributes(join(folder, filename))
        const kind = statSync(join(folder, filename)).isDirectory() ? 'd' : '-'
        return {
          filename,
          attrs,
          longname: `${kind}rw-r--r-- 1 acme acme ${attrs.size} May 12 09:30 ${filename}`,
        }
      })
      sftp.name(id, entries)
      return undefined
    }),
  )
  sftp.on('OPEN', (id, path, flags) =>
    answered(id, () => {
      const mode = flags & OPEN_MODE.WRITE ? 'w' : 'r'
      sftp.handle(id, opened({ folder: at(path), descriptor: openSync(at(path), mode) }))
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answered(id, () => {
      const bytes = Buffer.alloc(length)
      const read = readSync(of(handle).descriptor!, bytes, 0, length, offset)
      if (read === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, bytes.subarray(0, read))
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    done(id, () => void writeSync(of(handle).descriptor!, data, 0, data.length, offset)),
  )
  sftp.on('FSTAT', (id, handle) => answered(id, () => sftp.attrs(id, attributes(of(handle).folder))))
  sftp.on('CLOSE', (id, handle) =>
    done(id, () => {
      const { descriptor } = of(handle)
      if (descriptor !== undefined) closeSync(descriptor)
    }),
  )
  sftp.on('RENAME', (id, from, to) =>
    existsSync(at(to)) ? sftp.status(id, STATUS_CODE.FAILURE) : done(id, () => renameSync(at(from), at(to))),
  )
  sftp.on('REMOVE', (id, path) => done(id, () => rmSync(at(path))))
  sftp.on('MKDIR', (id, path) => done(id, () => mkdirSync(at(path))))
}
