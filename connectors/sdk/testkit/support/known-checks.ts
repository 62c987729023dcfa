let names: ReadonlySet<string> = new Set()

/** Names of all checks; told once by the list of groups, which cannot be imported by the groups that it lists. */
export const knownChecks = (): ReadonlySet<string> => names

export function tellChecks(all: Iterable<string>): void {
  names = new Set(all)
}
