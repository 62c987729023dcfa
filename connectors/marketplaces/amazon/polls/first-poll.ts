import type { ConnectorContext } from '../../../sdk/index.ts'
import { amazonSettings } from '../settings.ts'

const MONTH_MS = 30 * 86_400_000

/** Where a first poll begins: Amazon keeps two years, which is a backfill and not a poll. */
export const firstPollFrom = ({ connection, now }: ConnectorContext): number =>
  amazonSettings(connection).pollFromMs ?? now() - MONTH_MS
