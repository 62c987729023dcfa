/**
 * Everything a connector may import. What it needs of the hub passes through here, so that the whole surface between
 * partners and hub is one page.
 */
export type {
  ConnectionView,
  Connector,
  ConnectorContext,
  Decoded,
  HttpClient,
  HttpRequest,
  HttpResponse,
  LimitReading,
  Limits,
  Manifest,
  PolledPage,
  PushOperation,
  PushResult,
  RawMessage,
  RawRequest,
  Received,
} from '#core/contracts/connector.ts'
export type { Resource } from '#core/contracts/store.ts'
export { asHubError, HubError } from '#core/errors/hub-error.ts'
export { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
export { verifySignature } from '#core/inbox/signatures/verify.ts'
export { type Clock, sleep, systemClock } from '#core/kernel/clock.ts'
export { formatInstant, parseInstant } from '#core/kernel/instant.ts'
export {
  addMoney,
  exponentOf,
  formatScaled,
  multiplyMoney,
  normalizeMoney,
  subtractMoney,
  toScaled,
} from '#core/kernel/money.ts'
export { parseJson } from '#core/kernel/parse-json.ts'
export { retryAfterMs } from '#core/kernel/retry-after.ts'
export { defineConnector } from './define-connector.ts'
export { type FetchedPage, pagesOf } from './paging.ts'
export { errorFor, HTTP_RESPONSES, type ResponseRule, type ResponseTable } from './responses.ts'
