import { createConnection } from './handlers/create-connection.ts'
import { createKey } from './handlers/create-key.ts'
import { discardDeadLetter } from './handlers/discard-dead-letter.ts'
import { editPayload } from './handlers/edit-payload.ts'
import { getCause } from './handlers/get-cause.ts'
import { getConnection } from './handlers/get-connection.ts'
import { getDeadLetter } from './handlers/get-dead-letter.ts'
import { getDelivery } from './handlers/get-delivery.ts'
import { getDocument } from './handlers/get-document.ts'
import { getHealth } from './handlers/get-health.ts'
import { getMessage } from './handlers/get-message.ts'
import { getReconciliation } from './handlers/get-reconciliation.ts'
import { getReliability } from './handlers/get-reliability.ts'
import { getSession } from './handlers/get-session.ts'
import { getSettlement } from './handlers/get-settlement.ts'
import { getTrace } from './handlers/get-trace.ts'
import { inviteMerchant } from './handlers/invite-merchant.ts'
import { listAudit } from './handlers/list-audit.ts'
import { listCauses } from './handlers/list-causes.ts'
import { listConnections } from './handlers/list-connections.ts'
import { listConnectors } from './handlers/list-connectors.ts'
import { listDeadLetters } from './handlers/list-dead-letters.ts'
import { listDeliveries } from './handlers/list-deliveries.ts'
import { listDocuments } from './handlers/list-documents.ts'
import { listFlows } from './handlers/list-flows.ts'
import { listKeys } from './handlers/list-keys.ts'
import { listMessages } from './handlers/list-messages.ts'
import { listSettlements } from './handlers/list-settlements.ts'
import { listShipBy } from './handlers/list-ship-by.ts'
import { listStock } from './handlers/list-stock.ts'
import { patchConnection } from './handlers/patch-connection.ts'
import { pauseConnection } from './handlers/pause-connection.ts'
import { previewCause } from './handlers/preview-cause.ts'
import { probeConnection } from './handlers/probe-connection.ts'
import { releaseDeadLetter } from './handlers/release-dead-letter.ts'
import { removeConnection } from './handlers/remove-connection.ts'
import { replayCause } from './handlers/replay-cause.ts'
import { replayDeadLetter } from './handlers/replay-dead-letter.ts'
import { replayDelivery } from './handlers/replay-delivery.ts'
import { replayMessage } from './handlers/replay-message.ts'
import { resumeConnection } from './handlers/resume-connection.ts'
import { revokeKey } from './handlers/revoke-key.ts'
import { signIn } from './handlers/sign-in.ts'
import { signOut } from './handlers/sign-out.ts'
import { streamEvents } from './handlers/stream-events.ts'
import { subscribeConnection } from './handlers/subscribe-connection.ts'
import { MAPPING_ROUTES } from './mapping-routes.ts'
import { openApi } from './openapi.ts'
import type { Handler, Route } from './route.ts'
import { row } from './row.ts'
import * as schemas from './schemas.ts'

const { list, object, text } = schemas

/** Here and not in a file of its own, because it describes the register that names it. */
const getOpenApi: Handler = () => openApi(ROUTES)

/** Every route below `/api/v1`: the router, the validation and the OpenAPI description are made from these rows. */
export const ROUTES: readonly Route[] = [
  row('GET /openapi.json', null, 'This description.', { handler: getOpenApi }),
  row('POST /sign-in', null, 'Trades a sign-in link’s token for a session cookie.', {
    handler: signIn,
    body: schemas.token,
  }),
  row('POST /sign-out', 'read', 'Ends the session.', { handler: signOut, answer: 'none' }),
  row('GET /session', 'read', 'Who asks, and what the role allows.', { handler: getSession }),
  row('GET /connections', 'read', 'Connections, by id.', {
    handler: listConnections,
    query: list({ tenant: text, connector: text, kind: text, state: schemas.connectionState }),
    answer: 'page',
  }),
  row('POST /connections', 'connections', 'Makes a connection.', {
    handler: createConnection,
    body: schemas.newConnection,
    status: 201,
  }),
  row('GET /connections/:id', 'read', 'One connection; of its secrets only which are set.', {
    handler: getConnection,
  }),
  row('PATCH /connections/:id', 'connections', 'Changes settings and secrets.', {
    handler: patchConnection,
    body: schemas.connectionChange,
  }),
  row('DELETE /connections/:id', 'connections', 'Removes the connection; what it brought stays.', {
    handler: removeConnection,
    answer: 'none',
  }),
  row('POST /connections/:id/pause', 'operate', 'Holds its deliveries and polls.', {
    handler: pauseConnection,
    body: schemas.pauseReason,
  }),
  row('POST /connections/:id/resume', 'operate', 'Goes on, and lets go what was held.', {
    handler: resumeConnection,
  }),
  row(
    'POST /connections/:id/probe',
    'operate',
    'Proves settings and secrets at the partner, without changing anything.',
    { handler: probeConnection },
  ),
  row(
    'POST /connections/:id/subscribe',
    'operate',
    'Looks at its webhook subscriptions at the partner now, and repairs them.',
    { handler: subscribeConnection },
  ),
  row(
    'POST /invitations',
    'connections',
    'A link by which a merchant connects a store; works once, for a day.',
    {
      handler: inviteMerchant,
      body: schemas.invitation,
      status: 201,
    },
  ),
  row('GET /connectors', 'read', 'Manifests of the partners that the hub knows.', {
    handler: listConnectors,
    query: list(),
    answer: 'page',
  }),
  row('GET /messages', 'read', 'Messages, newest first.', {
    handler: listMessages,
    query: list({ tenant: text, connection: text, topic: text, state: schemas.messageState, document: text }),
    answer: 'page',
  }),
  row('GET /messages/:id', 'read', 'One message with its payload, masked unless the role may see it.', {
    handler: getMessage,
  }),
  row('POST /messages/:id/replay', 'replay', 'Translates it again.', { handler: replayMessage }),
  row('GET /documents', 'read', 'Documents, newest first.', {
    handler: listDocuments,
    query: list({
      tenant: text,
      connection: text,
      resource: schemas.resource,
      externalId: text,
      number: text,
    }),
    answer: 'page',
  }),
  row('GET /documents/:id', 'read', 'One document.', { handler: getDocument }),
  row('GET /stock', 'read', 'Items of the ledger of stock, by SKU: counted, reserved, offered.', {
    handler: listStock,
    query: list({ tenant: text, sku: text }),
    answer: 'page',
  }),
  row('GET /deliveries', 'read', 'Deliveries, newest first.', {
    handler: listDeliveries,
    query: list({
      tenant: text,
      source: text,
      destination: text,
      resource: schemas.resource,
      state: schemas.deliveryState,
      document: text,
    }),
    answer: 'page',
  }),
  row('GET /deliveries/:id', 'read', 'One delivery with its attempts.', { handler: getDelivery }),
  row('POST /deliveries/:id/replay', 'replay', 'Delivers it again.', { handler: replayDelivery }),
  row('GET /dead-letters', 'read', 'Dead letters, newest first.', {
    handler: listDeadLetters,
    query: list({ ...schemas.letterFilter, state: schemas.letterState }),
    answer: 'page',
  }),
  row('GET /dead-letters/:id', 'read', 'One dead letter with payload, document, attempts and cause.', {
    handler: getDeadLetter,
  }),
  row('POST /dead-letters/:id/replay', 'replay', 'Tries its subject again with a fresh budget.', {
    handler: replayDeadLetter,
  }),
  row(
    'PUT /dead-letters/:id/payload',
    'edit',
    'Edits the payload of its message and replays it; what was received stays.',
    { handler: editPayload, body: schemas.payloadEdit, large: true },
  ),
  row('POST /dead-letters/:id/discard', 'discard', 'Gives it up, with a reason.', {
    handler: discardDeadLetter,
    body: schemas.reason,
  }),
  row(
    'POST /dead-letters/:id/release',
    'discard',
    'Lets a held order pass the rule that holds it, with a reason.',
    {
      handler: releaseDeadLetter,
      body: schemas.release,
    },
  ),
  row('GET /causes', 'read', 'Dead letters grouped by origin.', {
    handler: listCauses,
    query: list({ ...schemas.letterFilter, state: schemas.letterState }),
    answer: 'page',
  }),
  row('GET /causes/:id', 'read', 'One cause with its newest open letters.', { handler: getCause }),
  row('GET /causes/:id/preview', 'read', 'How many letters a replay would try.', { handler: previewCause }),
  row('POST /causes/:id/replay', 'replay', 'Tries every open letter of the cause again, spread over time.', {
    handler: replayCause,
    body: schemas.rate,
    status: 202,
  }),
  ...MAPPING_ROUTES,
  row('GET /flows', 'read', 'Which documents go from where to where.', {
    handler: listFlows,
    query: list(),
    answer: 'page',
  }),
  row('GET /health', 'read', 'The state of everything, at most seconds old.', { handler: getHealth }),
  row('GET /events', 'read', 'Server-sent: `health` with every new snapshot.', {
    handler: streamEvents,
    answer: 'stream',
  }),
  row('GET /reports/reliability', 'read', 'Success rates and latencies of a time.', {
    handler: getReliability,
    query: object({
      from: schemas.instant,
      to: schemas.instant,
      days: { type: 'integer', minimum: 1, maximum: 400 },
    }),
  }),
  row('GET /ship-by', 'read', 'Orders that must be shipped and are not known at their channel to be.', {
    handler: listShipBy,
    query: list({ tenant: text }),
    answer: 'page',
  }),
  row('GET /settlements', 'read', 'Payouts of channels, tied to their orders, with what nothing explains.', {
    handler: listSettlements,
    query: list({ tenant: text, connection: text }),
    answer: 'page',
  }),
  row('GET /settlements/:id', 'read', 'One payout, and its orders that are not matched or differ.', {
    handler: getSettlement,
  }),
  row('GET /reconciliation', 'read', 'Landed, canonical and confirmed, with every difference named.', {
    handler: getReconciliation,
  }),
  row('GET /trace', 'read', 'The way of an order, by its number or id.', {
    handler: getTrace,
    query: object({
      tenant: text,
      number: text,
      externalId: text,
      document: text,
      connection: text,
      resource: schemas.resource,
    }),
  }),
  row('GET /audit', 'audit', 'What people did, newest first; hash-chained.', {
    handler: listAudit,
    query: list(),
    answer: 'page',
  }),
  row('GET /keys', 'keys', 'API keys without their secrets.', {
    handler: listKeys,
    query: list(),
    answer: 'page',
  }),
  row('POST /keys', 'keys', 'Makes a key; the only answer that shows it.', {
    handler: createKey,
    body: schemas.newKey,
    status: 201,
  }),
  row('DELETE /keys/:id', 'keys', 'Revokes a key.', { handler: revokeKey, answer: 'none' }),
]
