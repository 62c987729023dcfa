import type { Labels } from '../contracts/telemetry.ts'

/** Distinct values that one label of one metric may take; a number that a metrics server bears. */
const MAX_VALUES = 1_000

/**
 * Keeps time series bounded: only labels of the register, a missing one is `none`, and beyond a thousand distinct
 * values `other`. Without it, a stranger who calls `/webhooks/<anything>` could grow the memory of the process.
 */
export function createLabelGuard(): (metric: string, names: readonly string[], labels: Labels) => Labels {
  const seen = new Map<string, Set<string>>()

  const admitted = (key: string, value: string): string => {
    const values = seen.get(key) ?? new Set<string>()
    seen.set(key, values)
    if (values.has(value)) return value
    if (values.size >= MAX_VALUES) return 'other'
    values.add(value)
    return value
  }

  return (metric, names, labels) =>
    Object.fromEntries(names.map(name => [name, admitted(`${metric} ${name}`, labels[name] ?? 'none')]))
}
