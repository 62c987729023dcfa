import type { ConnectorContext } from '../contracts/connector.ts'

/** Shares no call: each item goes out by itself. Where nothing runs side by side. */
export const sentApart: ConnectorContext['together'] = async (item, call) => {
  const [answer] = await call.send([item])
  if (answer instanceof Error) throw answer
  return answer as never
}
