import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type HubProcess, hubProcess } from '../../support/hub-process.ts'

/** The processes of one hub. */
export interface Fleet {
  /** Where webhooks go. */
  readonly urls: readonly string[]
  readonly processes: readonly Member[]
  start(): Promise<void>
  kill(): Promise<void>
  /** Those that ended although nobody killed them. */
  ended(): string[]
  /** What they printed, each under its name. */
  output(): string
}

export interface Member extends HubProcess {
  readonly name: string
  /** Killed, and started again as often as it takes: what starts while its store is away ends, and is started again. */
  replace(): Promise<void>
}

export interface FleetOptions {
  config: Record<string, unknown>
  storeUrl: string
  queueUrl: string
  /** One entry a process. */
  roles: readonly string[]
}

/** As whoever looks after processes does it. */
const START_AGAIN_MS = 500

/** All on one store, one queue, one key and one configuration. */
export async function fleetOf({ config, storeUrl, queueUrl, roles }: FleetOptions): Promise<Fleet> {
  const env = {
    HUB_STORE_URL: storeUrl,
    HUB_QUEUE_URL: queueUrl,
    HUB_KEK: randomBytes(32).toString('base64'),
  }
  const ended: string[] = []
  const member = async (role: string, at: number): Promise<Member> => {
    const name = `${role} ${at + 1}`
    const hub = await hubProcess({ config, env: { ...env, HUB_ROLES: role } })
    return { ...hub, name, replace: replacing(hub, () => ended.push(name)) }
  }
  const processes = await Promise.all(roles.map(member))
  const together = (act: (one: Member) => Promise<void>) => async () =>
    void (await Promise.all(processes.map(act)))
  return {
    urls: processes.filter(({ name }) => name.startsWith('web')).map(({ url }) => url),
    processes,
    start: together(one => one.start('up')),
    kill: together(one => one.kill()),
    ended: () => [...ended, ...processes.filter(one => !one.runs()).map(({ name }) => name)],
    output: () => processes.map(({ name, output }) => `== ${name}\n${output()}`).join('\n'),
  }
}

function replacing(hub: HubProcess, onGone: () => void): () => Promise<void> {
  let replaced: Promise<void> = Promise.resolve()
  const starts = (): Promise<boolean> =>
    hub.start('up').then(
      () => true,
      () => false,
    )
  const replace = async (): Promise<void> => {
    if (!hub.runs()) onGone()
    await hub.kill()
    while (!(await starts())) await pause(START_AGAIN_MS)
  }
  return () => {
    replaced = replaced.then(replace)
    return replaced
  }
}
