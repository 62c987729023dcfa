import { HubError } from '../../errors/hub-error.ts'

export interface QueueAddress {
  host: string
  port: number
  db: number
  username: string | undefined
  password: string | undefined
  tls: boolean
  /** The host is one node of a Redis Cluster; it names the others. */
  cluster: boolean
  /** First part of every key: two hubs on one server take two. */
  prefix: string
}

const DEFAULT_PORT = 6379
const DEFAULT_PREFIX = 'crossdock'
const PARAMETERS = ['cluster', 'prefix']

/** `redis://user:password@host:port/db?prefix=crossdock&cluster=true`, or `rediss://` for TLS. */
export function readAddress(address: string): QueueAddress {
  const url = parse(address)
  const unknown = [...url.searchParams.keys()].find(name => !PARAMETERS.includes(name))
  if (unknown !== undefined) throw invalid(`knows ${PARAMETERS.join(' and ')}, not “${unknown}”.`)
  const cluster = url.searchParams.get('cluster') ?? 'false'
  if (!/^(true|false)$/.test(cluster)) throw invalid('cluster is true or false.')
  const prefix = url.searchParams.get('prefix') ?? DEFAULT_PREFIX
  if (!/^[\w.-]{1,64}$/.test(prefix)) throw invalid('prefix takes letters, digits, “.”, “_” and “-”.')
  const db = url.pathname.slice(1) || '0'
  if (!/^\d{1,4}$/.test(db)) throw invalid('the path is the number of a database.')
  if (cluster === 'true' && Number(db) !== 0) throw invalid('a cluster has database 0 only.')
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: Number(url.port || DEFAULT_PORT),
    db: Number(db),
    username: decoded(url.username),
    password: decoded(url.password),
    tls: url.protocol === 'rediss:',
    cluster: cluster === 'true',
    prefix,
  }
}

function parse(address: string): URL {
  const url = URL.parse(address)
  if (!url || !/^rediss?:$/.test(url.protocol)) throw invalid('is not redis://… or rediss://….')
  return url
}

function decoded(part: string): string | undefined {
  try {
    return part === '' ? undefined : decodeURIComponent(part)
  } catch {
    // Without the cause: it quotes the credentials.
    throw invalid('user and password are percent-encoded, and one of them is not.')
  }
}

/** Never quotes the address: it may hold a password. */
const invalid = (problem: string) =>
  new HubError('CONFIG_INVALID', { detail: `The address of the queue: ${problem}` })
