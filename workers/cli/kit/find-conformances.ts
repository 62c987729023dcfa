import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CONNECTORS } from '#connectors/registry.ts'
import type { Conformance } from '#connectors/sdk/testkit/conformance.ts'

const CONNECTORS_DIR = join(import.meta.dirname, '../../../connectors')

/** A connector that the kit can test, or that it cannot and why. */
export interface Found {
  /** Of the manifest; of the folder where the file could not be loaded. */
  id: string
  conformance: Conformance | null
  problem?: string
}

/** Every `conformance.ts` below `connectors/`, and every registered connector that has none. */
export async function findConformances(dir = CONNECTORS_DIR): Promise<Found[]> {
  const files = globSync('*/*/conformance.ts', { cwd: dir, exclude: path => path === 'sdk' }).toSorted()
  const found = await Promise.all(files.map(file => load(dir, file)))
  const known = new Set(found.map(({ id }) => id))
  const bare = CONNECTORS.filter(({ manifest }) => !known.has(manifest.id))
  return [
    ...found,
    ...bare.map(({ manifest: { id } }) => ({
      id,
      conformance: null,
      problem: 'Its folder has no conformance.ts.',
    })),
  ]
}

async function load(dir: string, file: string): Promise<Found> {
  try {
    const { default: conformance } = (await import(pathToFileURL(join(dir, file)).href)) as {
      default?: Conformance
    }
    if (conformance?.connector)
      return { id: conformance.connector.manifest.id, conformance, ...unlisted(conformance) }
    return {
      id: folderOf(file),
      conformance: null,
      problem: `${file} has no default export of type Conformance.`,
    }
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    return { id: folderOf(file), conformance: null, problem: `${relative('.', join(dir, file))}: ${problem}` }
  }
}

function unlisted({ connector }: Conformance): { problem?: string } {
  const listed = CONNECTORS.some(({ manifest }) => manifest.id === connector.manifest.id)
  return listed ? {} : { problem: 'connectors/registry.ts does not list it: for the hub it does not exist.' }
}

const folderOf = (file: string): string => file.split('/').at(-2) ?? file
