import { lookup as systemLookup } from 'node:dns'
import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { HubError } from '../../errors/hub-error.ts'
import type { AllowedHosts } from './allowed-hosts.ts'

/** Free sockets kept per host: the deliverer's usual concurrency, so that a burst finds them warm. */
const FREE_SOCKETS = 64

/** The same delay that axios sets on every request: Node then sees no change and saves two system calls a request. */
const PROBE_AFTER_MS = 60_000

/**
 * Keep-alive agents that look at the address a name resolves to at the moment of connecting. A check before the
 * request could be passed by a name that resolves differently the second time (DNS rebinding).
 */
export function guardedAgents(allowed: AllowedHosts, lookup: LookupFunction = systemLookup) {
  const guard = (options: ClientRequestArgs) => ({
    ...options,
    lookup: guardedLookup(allowed, lookup, portOf(options)),
  })

  class GuardedHttpAgent extends HttpAgent {
    override createConnection(...[options, callback]: Parameters<HttpAgent['createConnection']>) {
      return super.createConnection(guard(options), callback)
    }
  }
  class GuardedHttpsAgent extends HttpsAgent {
    override createConnection(...[options, callback]: Parameters<HttpsAgent['createConnection']>) {
      return super.createConnection(guard(options), callback)
    }
  }
  const options = { keepAlive: true, keepAliveMsecs: PROBE_AFTER_MS, maxFreeSockets: FREE_SOCKETS }
  return { http: new GuardedHttpAgent(options), https: new GuardedHttpsAgent(options) }
}

const portOf = ({ port, defaultPort }: ClientRequestArgs): number => Number(port ?? defaultPort)

/** Resolves as the system does and lets only allowed addresses through. */
function guardedLookup(allowed: AllowedHosts, lookup: LookupFunction, port: number): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const all = Array.isArray(found) ? found : []
      if (error) return callback(error, [])
      const right = allowed.byName(hostname, port)
        ? all
        : all.filter(({ address }) => allowed.byAddress(address, port))
      const [first] = right
      if (!first) return callback(forbidden(hostname), [])
      if (options.all) callback(null, right)
      else callback(null, first.address, first.family)
    })
  }
}

export const forbidden = (hostname: string): HubError =>
  new HubError('HOST_FORBIDDEN', { detail: `“${hostname}” is not a public address.`, fingerprint: hostname })
