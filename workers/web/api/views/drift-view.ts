import type { DriftFinding } from '#core/contracts/store.ts'
import { withInstants } from '../times.ts'

export const driftView = (finding: DriftFinding) => withInstants(finding, 'firstAt', 'lastAt')
