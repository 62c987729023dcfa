import { call } from '../../support/call.ts'

/** A dead letter that is open. */
export interface Parked {
  code: string
  subject: string
  detail: string
}

export async function parkedIn(hubUrl: string, key: string): Promise<Parked[]> {
  const { status, text } = await call(`${hubUrl}/api/v1/dead-letters?state=open&limit=200`, {
    headers: { authorization: `Bearer ${key}` },
  })
  if (status !== 200) throw new Error(`The dead letters answer ${status}: ${text}`)
  const { items } = JSON.parse(text) as { items: Record<string, unknown>[] }
  return items.map(item => ({
    ...{ code: String(item['code']), subject: String(item['subject']) },
    detail: String(item['detail'] ?? item['publicMessage'] ?? ''),
  }))
}
