import type { Attempt } from '#core/contracts/store.ts'
import { withInstants } from '../times.ts'

export const attemptView = (attempt: Attempt) => withInstants(attempt, 'at')
