import type { DeadLetter, DeadLetterFilter, Store } from '../../contracts/store.ts'

/** What a human has still to do. */
export interface OpenRequest {
  /** Message id. */
  request: string
  connection: string
  topic: string
  /** What is asked for, without a name. */
  summary: string
  /** Last day. */
  due: string | null
  openedAt: string
}

/** More are not done one by one. */
const MOST = 1_000

/** Of both kinds, newest first, at most 1 000 of each: what is to be handed over, and copies to be erased elsewhere. */
export async function openRequests(
  { deadLetters }: Pick<Store, 'deadLetters'>,
  filter: Pick<DeadLetterFilter, 'connection' | 'tenant'>,
): Promise<OpenRequest[]> {
  const of = async (code: string) =>
    (await deadLetters.list({ ...filter, code, state: 'open' }, { limit: MOST })).items
  const letters = [...(await of('PRIVACY_REQUEST')), ...(await of('ERASE_COPIES'))]
  return letters.toSorted((a, b) => b.openedAt - a.openedAt).map(requestOf)
}

const requestOf = ({ subject, connection, topic = '', summary, openedAt }: DeadLetter): OpenRequest => ({
  ...{ request: subject, connection, topic, summary },
  due: /By (\d{4}-\d\d-\d\d)\.$/.exec(summary)?.[1] ?? null,
  openedAt: new Date(openedAt).toISOString(),
})
