import type { Mapper, Problem } from '../../contracts/mapper.ts'
import type { KnownLayer } from './layer-stack.ts'
import type { Stack } from './topic-plans.ts'

/** Told once for each stack of layers that does not compile. */
export type OnBroken = (mapping: string, problems: readonly Problem[]) => void

/** Every distinct stack of layers, compiled when it is first asked for. */
export class CompiledStacks {
  readonly #mapper: Mapper
  readonly #onBroken: OnBroken
  readonly #known = new Map<string, Map<string, Stack>>()

  constructor(mapper: Mapper, onBroken: OnBroken) {
    this.#mapper = mapper
    this.#onBroken = onBroken
  }

  /** Null where there are no layers. */
  of(mapping: string, layers: readonly KnownLayer[]): Stack | null {
    const [base, ...overlays] = layers
    if (!base) return null
    const known = this.#known.get(mapping) ?? new Map<string, Stack>()
    this.#known.set(mapping, known)
    const key = keysOf(layers)
    const found = known.get(key)
    if (found) return found
    const above = overlays.map(({ file }) => file)
    const stack = { layers, result: this.#mapper.compile(base.file, above) }
    known.set(key, stack)
    if (!stack.result.plan) this.#onBroken(mapping, stack.result.problems)
    return stack
  }

  forget(mapping: string): void {
    this.#known.delete(mapping)
  }
}

/** What tells one stack of a mapping from another. */
export const keysOf = (layers: readonly KnownLayer[] = []): string => layers.map(({ key }) => key).join(' + ')
