import { ROLES } from '#core/accounts/roles.ts'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { DRIFT_KINDS } from '#core/health/drift-findings.ts'
import type { ObjectSchema } from './route.ts'

export const MAX_LIMIT = 200

export const text: JsonSchema = { type: 'string', minLength: 1, maxLength: 500 }
export const instant: JsonSchema = { type: 'string', description: 'RFC 3339 date-time with an offset' }
export const oneOf = (...values: string[]): JsonSchema => ({ type: 'string', enum: values })

export const resource = oneOf('order', 'inventory', 'shipment', 'return', 'product', 'settlement')
export const messageState = oneOf('pending', 'done', 'skipped', 'stale', 'dead', 'discarded')
export const deliveryState = oneOf('pending', 'waiting', 'held', 'confirmed', 'skipped', 'dead', 'discarded')
export const letterState = oneOf('open', 'replayed', 'resolved', 'discarded')
export const connectionState = oneOf('active', 'paused', 'unauthorized')
export const letterKind = oneOf('message', 'delivery')
export const role = oneOf(...ROLES)

export const object = (properties: Record<string, JsonSchema>, ...required: string[]): ObjectSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

/** A list: its filters, and the page. */
export const list = (filters: Record<string, JsonSchema> = {}): ObjectSchema =>
  object({
    ...filters,
    limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: 50 },
    after: { type: 'string', maxLength: 1_000, description: '`next` of the page before' },
  })

export const letterFilter = {
  tenant: text,
  connection: text,
  cause: text,
  code: text,
  kind: letterKind,
  document: text,
  owner: { ...text, description: 'Of held orders: who is to decide' },
}

export const driftFilter = {
  connection: text,
  topic: text,
  kind: oneOf(...DRIFT_KINDS),
}

export const coverageLast: JsonSchema = { type: 'integer', minimum: 1, maximum: 1_000, default: 200 }

const secretValues: JsonSchema = {
  anyOf: [
    text,
    { type: 'string', minLength: 1, maxLength: 20_000 },
    { type: 'array', items: { type: 'string', minLength: 1, maxLength: 20_000 }, minItems: 1, maxItems: 5 },
  ],
}

export const newConnection = object(
  {
    id: text,
    tenant: text,
    connector: text,
    settings: { type: 'object' },
    secrets: {
      type: 'object',
      additionalProperties: secretValues,
      description: 'Plain values, newest first; never answered',
    },
  },
  'id',
  'tenant',
  'connector',
)

export const invitation = object(
  {
    connector: text,
    connection: { ...text, description: 'Id of the connection: there is one, or it is made' },
    tenant: text,
    settings: { type: 'object', description: 'Of a connection that is made' },
  },
  'connector',
  'connection',
)

export const connectionChange = object({
  settings: { type: 'object', description: 'Merged; null takes a setting away' },
  secrets: {
    type: 'object',
    additionalProperties: { anyOf: [secretValues, { type: 'null' }] },
    description: 'The named ones are replaced; null takes one away',
  },
})

export const payloadEdit = object(
  { payload: { type: 'string', minLength: 1 }, encoding: { ...oneOf('utf8', 'base64'), default: 'utf8' } },
  'payload',
)

export const tableEdit = object(
  { connection: text, table: text, entry: text, value: { description: 'Null takes the entry away' } },
  'connection',
  'table',
  'entry',
  'value',
)

export const mappingScope: JsonSchema = {
  type: 'string',
  pattern: '^(\\*|(tenant|connection):.{1,200})$',
  description: '`*`, `tenant:<id>` or `connection:<id>`',
}

const mappingText: JsonSchema = { type: 'string', minLength: 1, maxLength: 500_000 }

export const publication = object(
  {
    text: { ...mappingText, description: 'The file; its own `for` says for whom' },
    cases: { type: 'string', maxLength: 500_000, description: 'Its test file; absent: the cases that held' },
    note: text,
    after: { type: 'integer', minimum: 0, description: 'The newest number that the author knows of' },
  },
  'text',
)

export const rollBack = object({ scope: mappingScope, to: { type: 'integer', minimum: 0 } }, 'scope', 'to')

export const trial = object({
  text: { ...mappingText, description: 'Absent: the mapping as it holds' },
  connection: text,
  message: { ...text, description: 'Id of a stored message' },
  payload: { description: 'In its place: JSON, or the text as a partner sends it' },
  topic: text,
})

export const shadowRun = object(
  {
    text: mappingText,
    last: { type: 'integer', minimum: 1, maximum: 10_000, default: 500 },
    connection: text,
  },
  'text',
)

export const replayedRange = object({
  from: instant,
  to: instant,
  connection: text,
  dryRun: { type: 'boolean' },
  ratePerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 10_000 },
})

export const newKey = object(
  { role, label: { type: 'string', maxLength: 100 }, tenant: text, expiresAt: instant },
  'role',
)
export const reason = object({ reason: text }, 'reason')
export const release = object(
  { reason: text, rule: { ...text, description: 'Refused if another rule holds it by now' } },
  'reason',
)
export const pauseReason = object({ reason: text })
export const rate = object({ ratePerSecond: { type: 'number', exclusiveMinimum: 0, maximum: 10_000 } })
export const token = object({ token: text }, 'token')
