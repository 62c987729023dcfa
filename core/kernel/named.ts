/** What a rule of the configuration may call a connection by. */
export interface Endpoint {
  id: string
  connector: string
  kind: string
}

/**
 * Whether one of the names means this connection. A name that is a connection's id means that connection alone, even
 * where a connector or kind is called the same.
 */
export const isNamed = (
  names: readonly string[],
  { id, connector, kind }: Endpoint,
  ids: ReadonlySet<string>,
): boolean => names.some(name => (ids.has(name) ? name === id : name === connector || name === kind))
