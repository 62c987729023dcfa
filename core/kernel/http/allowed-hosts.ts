import ipaddr from 'ipaddr.js'

/** Decides which addresses outside the public internet may be reached. */
export interface AllowedHosts {
  /** The operator named this host (or host and port) as meant, wherever it resolves to. */
  byName(hostname: string, port: number): boolean
  /** The address is public, or inside an allowed one. */
  byAddress(address: string, port: number): boolean
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Cidr = [Address, number]

/** Entries are `host`, `host:port`, an address (IPv6 with a port in brackets) or a CIDR range. */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  const names = new Set<string>()
  const ranges: Cidr[] = []
  for (const entry of entries) {
    const text = entry.trim().toLowerCase()
    if (ipaddr.isValidCIDR(text)) ranges.push(ipaddr.parseCIDR(text))
    else names.add(ipaddr.isValid(text) ? ipaddr.process(text).toString() : text)
  }
  const named = (host: string, port: number) => names.has(host) || names.has(`${host}:${port}`)
  return {
    byName: (hostname, port) => named(bare(hostname), port) || names.has(`${hostname}:${port}`),
    byAddress(text, port) {
      if (!ipaddr.isValid(text)) return false
      const address = ipaddr.process(text)
      return (
        isPublic(address) || named(address.toString(), port) || ranges.some(range => contains(range, address))
      )
    },
  }
}

/** A URL writes IPv6 in brackets; addresses elsewhere come without. */
export const bare = (hostname: string): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname

const contains = ([network, bits]: Cidr, address: Address): boolean =>
  network.kind() === address.kind() && address.match(network, bits)

function isPublic(address: Address): boolean {
  if (address.range() !== 'rfc6052') return address.range() === 'unicast'
  // NAT64 carries an IPv4 address in its last four bytes: that one is reached.
  return isPublic(ipaddr.fromByteArray(address.toByteArray().slice(-4)))
}
