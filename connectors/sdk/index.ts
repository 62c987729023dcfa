/**
 * Everything a connector may import. What it needs of the hub passes through here, so that the whole surface between
 * partners and hub is one page.
 */
export type {
  Auth,
  ClientKey,
  ConnectionView,
  Connector,
  ConnectorContext,
  Decoded,
  Feed,
  HttpClient,
  HttpRequest,
  HttpResponse,
  JsonSchema,
  KeyHandoff,
  LimitReading,
  Limits,
  Manifest,
  OAuth,
  PollDeclaration,
  PolledPage,
  PrivacyRequest,
  PushOperation,
  PushResult,
  RawMessage,
  RawRequest,
  Received,
  SharedCall,
} from '#core/contracts/connector.ts'
export type { Resource } from '#core/contracts/store.ts'
export { asHubError, HubError } from '#core/errors/hub-error.ts'
export type { ErrorCode } from '#core/errors/register.ts'
export { challengeResponse } from '#core/inbox/signatures/challenge.ts'
export { cacheKeys } from '#core/inbox/signatures/key-cache.ts'
export type { FetchKey, PublishedKey, SignatureScheme, SignedPart } from '#core/inbox/signatures/scheme.ts'
export { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'
export { verifySignature } from '#core/inbox/signatures/verify.ts'
export { canonicalJson } from '#core/kernel/canonical-json.ts'
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
export type { Query } from './api-address.ts'
export { type Api, type ApiAnswer, type ApiCall, type ApiOptions, createApi } from './create-api.ts'
export { type CsvOptions, decodeCsv } from './decoding/csv.ts'
export { decodeForm } from './decoding/form.ts'
export { decodeText, type Encoding } from './decoding/text.ts'
export type { X12Delimiters } from './decoding/x12/delimiters.ts'
export type { X12Segment } from './decoding/x12/segments.ts'
export {
  decodeX12,
  type X12Group,
  type X12Interchange,
  type X12Problem,
  type X12Set,
} from './decoding/x12/x12.ts'
export { decodeXml, type XmlOptions } from './decoding/xml.ts'
export { defineConnector } from './define-connector.ts'
export { epochMs } from './epoch.ts'
export { type KeepSubscriptions, keepSubscriptions, leadsTo } from './keep-subscriptions.ts'
export { type PricedRoute, priceByRoute, pricePerCall } from './limits/price.ts'
export { type CreditPointers, costExtension, credits } from './limits/read-body.ts'
export { type BucketHeaders, bucketHeaders, rateHeader, usedOfHeader } from './limits/read-headers.ts'
export { type FetchedPage, pagesOf } from './paging.ts'
export { asText, isPointer, textAt, valueAt } from './pointer.ts'
export { changedCursorAt } from './polling/changed-cursor.ts'
export { nextByLink, nextByMember, nextByPage } from './polling/next-page.ts'
export { type PollChangedSince, pollChangedSince } from './polling/poll-changed-since.ts'
export { type PollSnapshot, pollSnapshot } from './polling/poll-snapshot.ts'
export { type PollZoned, pollZoned } from './polling/poll-zoned.ts'
export { errorFor, HTTP_RESPONSES, type ResponseRule, type ResponseTable } from './responses.ts'
export { type Share, type Shared, type Sharing, shareOut } from './share-out.ts'
export { type Sendable, sendBegun } from './stock/send-begun.ts'
export { sendInHalves } from './stock/send-in-halves.ts'
export { type Known, withoutUnseen } from './stock/without-unseen.ts'
export { type SettingsOf, settingsOf } from './typed-settings.ts'
export type { Part, WebhookDeclaration, WebhookView } from './webhooks/declaration.ts'
export { type Receive, receiveBy } from './webhooks/receive-by.ts'
export { zonedInstant, zonedText } from './zoned-time.ts'
