import type { MoveReport, MoveStep } from '#core/store/move/move-store.ts'
import { moveBetween } from '../../compose/move.ts'
import type { Call, Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { openAccounts } from '../open-accounts.ts'
import { moveText } from '../text/move-text.ts'

export const migrateStore: Run = async call => {
  const moved = await move(call)
  if (moved.equal) await recordMove(call, moved)
  return { json: moved, text: moveText(moved, call.world.width), failed: !moved.equal }
}

async function move(call: Call): Promise<MoveReport> {
  const { options, hub, world } = call
  const { from, to } = options as { from: string; to: string }
  const { dataDir } = await hub.config()
  try {
    return await moveBetween({ from, to, dataDir, now: world.now(), report: progressLine(call) })
  } finally {
    world.progress?.('')
  }
}

function progressLine({ world }: Call): ((step: MoveStep) => void) | undefined {
  const { progress } = world
  return progress && (({ step, table, done, total }) => progress(`${step} ${table}: ${done} of ${total}`))
}

/** In the new store, as its first act: the old one stays as it was. */
async function recordMove({ options, hub, world }: Call, { from, to, tables }: MoveReport): Promise<void> {
  const { inbox, ...config } = await hub.config()
  const storeUrl = String(options['to'])
  // Nothing is received here, so the bound of what is does not matter yet.
  const { store, record } = await openAccounts(
    { ...config, storeUrl, inbox: { ...inbox, maxBodyBytes: 0 } },
    world.seams,
  )
  const records = tables.reduce((sum, { source }) => sum + source.count, 0)
  try {
    await record(CLI, { action: 'store.move', subject: to, detail: { from, records } })
  } finally {
    await store.close()
  }
}
