import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'

export const listFlows: Handler = (call, { config }) => pageOf(config.flows, pageRequest(call))
