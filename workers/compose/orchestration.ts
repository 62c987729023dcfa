import { compileHolds } from '#core/orchestration/hold-rules.ts'
import { createNoteLanded, type NoteLanded } from '#core/orchestration/note-landed.ts'
import { createOrchestrate, type Orchestrate } from '#core/orchestration/orchestrate.ts'
import { compileLineFilters } from '#core/orchestration/part-for.ts'
import { alertShipBy, type ShipByRow, shipByRows } from '#core/orchestration/ship-by.ts'
import { createWatchHolds, type WatchedHolds } from '#core/orchestration/watch-holds.ts'
import type { Base } from './base.ts'

/** Holds, split and ship-by: what the hub decides about orders between the channel and the ERP. */
export interface Orchestration {
  orchestrate: Orchestrate
  noteLanded: NoteLanded
  /** Escalates what is overdue, and lets go what is held no longer. */
  watchHolds(): Promise<WatchedHolds>
  alertShipBy(): Promise<number>
  /** What must be shipped and is not known at its channel to be. */
  shipBy(): Promise<ShipByRow[]>
}

const HOUR_MS = 3_600_000

export function composeOrchestration(base: Base): Orchestration {
  const { config, connectors } = base
  const deps = {
    ...base,
    holds: compileHolds(config.holds),
    lineFilters: compileLineFilters(config.flows),
    kindOf: (connector: string): string => connectors.get(connector)?.manifest.kind ?? 'erp',
    aheadMs: config.alerts.shipByHours * HOUR_MS,
  }
  return {
    orchestrate: createOrchestrate(deps),
    noteLanded: createNoteLanded(deps),
    watchHolds: createWatchHolds(deps),
    alertShipBy: () => alertShipBy(deps),
    shipBy: () => shipByRows(deps),
  }
}
