import type { CheckGroup } from '../kit.ts'
import { tellChecks } from '../support/known-checks.ts'
import { cursor } from './cursor.ts'
import { decode } from './decode.ts'
import { dedupe } from './dedupe.ts'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { manifest } from './manifest.ts'
import { paging } from './paging.ts'
import { pushing } from './push.ts'
import { redaction } from './redaction.ts'
import { signature } from './signature.ts'
import { stock } from './stock.ts'
import { subscriptions } from './subscriptions.ts'
import { tokens } from './tokens.ts'

/** In the order in which a connector is built. */
export const CHECK_GROUPS: readonly CheckGroup[] = [
  ...[manifest, signature, dedupe, decode, paging, cursor],
  ...[pushing, stock, subscriptions, tokens, errors, limits, redaction],
]

tellChecks(CHECK_GROUPS.flatMap(({ checks }) => checks.map(({ name }) => name)))
