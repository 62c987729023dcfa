import { isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { nearest } from '../check/nearest.ts'
import { readVersion } from './read-mapping.ts'
import { readScope } from './read-scope.ts'
import type { Entry, YamlFile } from './yaml-file.ts'

/** Keys of an overlay that say what it is. */
const OWN = ['extends', 'for', 'version']

/** Keys whose members are merged one by one. */
const MERGED = ['let', 'tables', 'document']

/** Keys that stand instead of those below. */
const REPLACED = ['skip', 'identity', 'number', 'revision', 'dependsOn']

export const OVERLAY_KEYS = [...OWN, ...MERGED, ...REPLACED]

type NodeMap = YAMLMap<Scalar<string>, Node | null>
type NodePair = Pair<Scalar<string>, Node | null>

/** Lays an overlay over the mapping `id`, key by key; gives the overlay's version. The whole is checked afterwards. */
export function layOver(base: YamlFile, id: string, overlay: YamlFile): number {
  const entries = new Map(overlay.entries(overlay.root, 'An overlay').map(entry => [entry.key, entry]))
  for (const { key, keyPlace } of entries.values()) {
    if (!OVERLAY_KEYS.includes(key))
      base.problems.add('KEY_UNKNOWN', keyPlace, `An overlay has no \`${key}\`.`, nearest(key, OVERLAY_KEYS))
  }
  checkExtends(overlay, id, entries.get('extends'))
  readScope(overlay, entries.get('for'))
  if (isMap(base.root) && isMap(overlay.root))
    new Merge(base, overlay).top(base.root as NodeMap, overlay.root as NodeMap)
  const version = entries.get('version')
  if (!version) base.problems.add('KEY_MISSING', overlay.at(0), 'The overlay has no `version`.')
  return readVersion(overlay, version)
}

function checkExtends(overlay: YamlFile, id: string, entry: Entry | undefined): void {
  if (!entry) overlay.problems.add('KEY_MISSING', overlay.at(0), 'The overlay has no `extends`.')
  else if (overlay.scalar(entry.value) !== id)
    overlay.wrong(entry.value, `This is laid over \`${id}\`.`, `Write \`extends: ${id}\`.`)
}

class Merge {
  readonly #base: YamlFile
  readonly #overlay: YamlFile

  constructor(base: YamlFile, overlay: YamlFile) {
    this.#base = base
    this.#overlay = overlay
  }

  top(below: NodeMap, above: NodeMap): void {
    for (const entry of above.items) {
      const key = entry.key.value
      if (REPLACED.includes(key)) this.#put(below, entry)
      else if (MERGED.includes(key)) this.#mergeTop(below, entry)
    }
  }

  /** An empty `document:` is a slip, not the wish to take all of it away. */
  #mergeTop(below: NodeMap, entry: NodePair): void {
    if (isMap(entry.value)) this.#merge(below, entry)
    else
      this.#overlay.wrong(
        isNothing(entry.value) ? entry.key : entry.value,
        `\`${entry.key.value}\` must be a map.`,
      )
  }

  #merge(below: NodeMap, entry: NodePair): void {
    const known = below.items.find(({ key }) => key.value === entry.key.value)
    if (!isMap(known?.value) || !isMap(entry.value)) this.#put(below, entry)
    else for (const inner of [...(entry.value as NodeMap).items]) this.#merge(known.value as NodeMap, inner)
  }

  /** Adds, replaces in place, or takes away. */
  #put(below: NodeMap, entry: NodePair): void {
    const at = below.items.findIndex(({ key }) => key.value === entry.key.value)
    if (isNothing(entry.value)) this.#takeAway(below, entry, at >= 0)
    else if (at >= 0) below.items[at] = this.#base.adopt(entry, this.#overlay)
    else below.items.push(this.#base.adopt(entry, this.#overlay))
  }

  #takeAway(below: NodeMap, { key }: NodePair, known: boolean): void {
    const place = this.#overlay.placeOf(key)
    const names = below.items.map(entry => entry.key.value)
    const message = `There is no \`${key.value}\` below to take away.`
    if (known) this.#base.remove(below, key.value, place)
    else this.#base.problems.add('OVERLAY_MISFIT', place, message, nearest(key.value, names))
  }
}

const isNothing = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null)
