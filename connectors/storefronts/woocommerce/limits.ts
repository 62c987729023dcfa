import { type Limits, pricePerCall } from '../../sdk/index.ts'
import { shopUrlOf } from './settings.ts'

/** No limit of the vendor, one of courtesy: connections of one shop share it. */
export const limitsAt = (callsPerSecond: number): Limits => ({
  buckets: { calls: { capacity: Math.max(1, 2 * callsPerSecond), refillPerSecond: callsPerSecond } },
  account: connection => shopUrlOf(connection.settings).toLowerCase(),
  price: pricePerCall('calls'),
})
