import type { Erased } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { formatInstant, parseInstant } from '#core/kernel/instant.ts'

export const instantOf = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : formatInstant(ms)

type WithInstants<T, Names extends keyof T> = Omit<T, Names> & { [Name in Names]: string }

/** The record with the named times as RFC 3339; absent ones stay absent. */
export function withInstants<T extends object, Names extends keyof T>(
  record: T,
  ...names: Names[]
): WithInstants<T, Names> {
  const times = names.map(name => [name, instantOf(record[name] as number | undefined)])
  return { ...record, ...Object.fromEntries(times) }
}

/** When something was erased, and what asked for it. */
export const erasedView = ({ erased }: { erased?: Erased }) =>
  erased ? { erased: { by: erased.by, at: formatInstant(erased.at) } } : {}

export function readInstant(text: string, name: string): number {
  const instant = parseInstant(text)
  if (!instant)
    throw new HubError('INPUT_INVALID', {
      detail: `\`${name}\` is not an RFC 3339 date-time with an offset.`,
    })
  return instant.ms
}
