import { HubError } from '../errors/hub-error.ts'
import type { Vault } from './vault.ts'

/** The stored form of a connection's secrets: each a sealed JSON list, newest value first. */
export function sealSecrets(
  vault: Vault,
  connection: string,
  secrets: Readonly<Record<string, readonly string[]>>,
): Record<string, string> {
  return mapValues(secrets, (values, name) => vault.seal(connection, name, JSON.stringify(values)))
}

/** Throws `SECRET_UNREADABLE` that names the first secret which cannot be opened. */
export function openSecrets(
  vault: Vault,
  connection: string,
  sealed: Readonly<Record<string, string>>,
): Record<string, string[]> {
  return mapValues(sealed, (text, name) => parseList(vault.open(connection, name, text), name))
}

/** Brings every secret under the newest key-encryption key; the same object when all are there already. */
export function rotateSecrets(
  vault: Vault,
  connection: string,
  sealed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const rotated = mapValues(sealed, (text, name) => vault.rotate(connection, name, text))
  return Object.keys(sealed).every(name => rotated[name] === sealed[name]) ? sealed : rotated
}

function parseList(text: string, name: string): string[] {
  try {
    const values: unknown = JSON.parse(text)
    if (Array.isArray(values) && values.every(value => typeof value === 'string')) return values
  } catch {
    // Said below, without the parser's message: it quotes the secret.
  }
  throw new HubError('SECRET_UNREADABLE', { detail: `Secret “${name}” does not hold a list.` })
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}
