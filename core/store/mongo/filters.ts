import type { Document } from 'mongodb'

/** The allow-list of a filter's members: a value is compared as it is, never read as an operator. */
export function equals<Filter extends object>(
  members: readonly (keyof Filter & string)[],
  filter: Filter,
): Document {
  const given = members.filter(member => filter[member] !== undefined)
  return Object.fromEntries(given.map(member => [member, { $eq: filter[member] }]))
}
