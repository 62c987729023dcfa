import { randomBytes } from 'node:crypto'
import type { ProcessRole } from '#config/schema.ts'
import { type MeasuredChild, measuredChild } from '../measured-child.ts'
import type { Servers } from './servers.ts'

export interface TeamMember {
  erpPort: number
  roles: readonly (ProcessRole | 'all')[]
  engine?: Record<string, number>
  /** Its script, where it is more than the hub. */
  script?: string
}

/** All processes on one store seal with one key. */
const HUB_KEK = randomBytes(32).toString('base64')

/** One process of a hub on Redis and MongoDB. */
export const hubProcessOn = (
  { storeUrl, queueUrl }: Servers,
  { erpPort, roles, engine = {}, script = '../end-to-end-hub.ts' }: TeamMember,
): Promise<MeasuredChild> => {
  const env = { HUB_STORE_URL: storeUrl, HUB_QUEUE_URL: queueUrl, HUB_ROLES: roles.join(','), HUB_KEK }
  return measuredChild(new URL(script, import.meta.url), String(erpPort), JSON.stringify({ env, engine }))
}

/** Processes that are one hub: the door is that of the first. */
export const team = (members: readonly MeasuredChild[]) => ({
  port: members[0]!.port,
  async cpuSeconds() {
    const spent = await Promise.all(members.map(member => member.cpuSeconds()))
    return spent.reduce((sum, seconds) => sum + seconds, 0)
  },
  stop: async () => void (await Promise.all(members.map(member => member.stop()))),
})

export type Team = ReturnType<typeof team>
