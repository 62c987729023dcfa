import type { ConnectorContext } from '../../sdk/index.ts'
import { confirms } from './answers.ts'
import { answerError } from './responses.ts'
import { credentialsOf, settingsOf } from './settings.ts'

/** No document has this key: the search finds nothing and changes nothing. */
const NOBODYS_KEY = 'hub-probe'

/** Asks for a record that does not exist. An ERP that has no such address still shows that it is there and lets us in. */
export async function probe({
  connection,
  http,
  signal,
  now,
}: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { baseUrl, timeoutMs } = settingsOf(connection)
  const url = `${baseUrl}/order?key=${NOBODYS_KEY}`
  const response = await http.request({
    method: 'GET',
    url,
    headers: credentialsOf(connection),
    timeoutMs,
    signal,
  })
  const { status } = response
  if (confirms(response) || status === 400 || status === 404 || status === 405)
    return { ok: true, detail: `HTTP ${status}.` }
  throw answerError(response, now())
}
