import type { ConnectionView, Manifest } from '../contracts/connector.ts'

/** One answer per settings, for as long as they live: this is asked for every message. */
const known = new WeakMap<object, Manifest>()

/** The manifest as it holds for one connection: the settings of a declared channel say what it can do. */
export function manifestFor(manifest: Manifest, { settings }: Pick<ConnectionView, 'settings'>): Manifest {
  if (!manifest.ofConnection) return manifest
  const found = known.get(settings)
  if (found?.id === manifest.id) return found
  const own = Object.freeze({ ...manifest, ...manifest.ofConnection(settings) })
  known.set(settings, own)
  return own
}
