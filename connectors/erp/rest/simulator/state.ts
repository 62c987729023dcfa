import type { ErpModel } from './erp-model.ts'

/** One request as the ERP saw it. */
export interface SeenRequest {
  method: string
  target: string
  /** Status sent; 0 when no answer was given. */
  status: number
}

const MOST_KEPT = 10_000

/** The newest requests whole, all of them counted by method and status. */
export class RequestLog {
  /** Newest last. */
  readonly kept: SeenRequest[] = []
  readonly counts: Record<string, number> = {}

  add(seen: SeenRequest): void {
    const name = `${seen.method} ${seen.status}`
    this.counts[name] = (this.counts[name] ?? 0) + 1
    this.kept.push(seen)
    if (this.kept.length > MOST_KEPT) this.kept.splice(0, MOST_KEPT / 2)
  }
}

/** What `GET /_state` tells: counts by resource, and the requests by method and status. */
export interface ErpState {
  resources: Record<string, { records: number; writes: number; duplicates: number }>
  requests: Record<string, number>
}

export function stateOf(model: ErpModel, { counts }: RequestLog): ErpState {
  const resources = [...model.resources()].map(([resource, records]) => {
    const writes = records.all().reduce((sum, record) => sum + record.writes, 0)
    return [resource, { records: records.size, writes, duplicates: records.duplicates() }] as const
  })
  return { resources: Object.fromEntries(resources), requests: { ...counts } }
}
