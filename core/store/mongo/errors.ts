import * as driver from 'mongodb'
import { HubError } from '../../errors/hub-error.ts'
import type { ErrorCode } from '../../errors/register.ts'

export const DUPLICATE_KEY = 11_000

/**
 * A server that is away, stepping down, starting or too late: nobody knows whether a write happened.
 * https://www.mongodb.com/docs/manual/reference/error-codes/
 */
const UNAVAILABLE = {
  ...{ HostUnreachable: 6, HostNotFound: 7, NetworkTimeout: 89, SocketException: 9_001 },
  ...{ MaxTimeMSExpired: 50, ExceededTimeLimit: 262, NetworkInterfaceExceededTimeLimit: 202 },
  ...{ WriteConcernTimeout: 64, UnsatisfiableWriteConcern: 100, WriteConflict: 112 },
  ...{ FailedToSatisfyReadPreference: 133, ReadConcernMajorityNotAvailableYet: 134 },
  ...{ ShutdownInProgress: 91, InterruptedAtShutdown: 11_600, InterruptedDueToReplStateChange: 11_602 },
  ...{ PrimarySteppedDown: 189, NotWritablePrimary: 10_107, LegacyNotPrimary: 10_058 },
  ...{ NotPrimaryNoSecondaryOk: 13_435, NotPrimaryOrSecondary: 13_436, ConnectionPoolExpired: 317 },
}
const REFUSED = { Unauthorized: 13, AuthenticationFailed: 18, AtlasError: 8_000 }
const TOO_LARGE = { BSONObjectTooLarge: 10_334 }

const WITHOUT_CLASS = /^(MongoWaitQueue|MongoPool|AbortError$|TimeoutError$)/

type Translation = [code: ErrorCode, applies: (error: unknown) => boolean]

const isA =
  (...kinds: (abstract new (...given: never[]) => Error)[]) =>
  (error: unknown): boolean =>
    kinds.some(kind => error instanceof kind)

const hasCode =
  (codes: Record<string, number>) =>
  (error: unknown): boolean =>
    error instanceof driver.MongoError && Object.values(codes).includes(Number(error.code))

const hasLabel =
  (...labels: string[]) =>
  (error: unknown): boolean =>
    error instanceof driver.MongoError && labels.some(label => error.hasErrorLabel(label))

/** First match counts. */
const TABLE: readonly Translation[] = [
  ['SHUTDOWN', isA(driver.MongoClientClosedError)],
  ['STORE_REFUSED', hasCode(REFUSED)],
  ['BODY_TOO_LARGE', hasCode(TOO_LARGE)],
  ['STORE_UNAVAILABLE', hasCode(UNAVAILABLE)],
  ['STORE_UNAVAILABLE', hasLabel('RetryableWriteError', 'TransientTransactionError')],
  [
    'STORE_UNAVAILABLE',
    isA(
      ...[driver.MongoNetworkError, driver.MongoSystemError, driver.MongoWriteConcernError],
      ...[driver.MongoNotConnectedError, driver.MongoTopologyClosedError, driver.MongoServerClosedError],
      ...[driver.MongoStalePrimaryError, driver.MongoOperationTimeoutError],
    ),
  ],
  // The driver wraps what fails on the way to a bulk write, and only then the wrapper has no code.
  ['STORE_UNAVAILABLE', error => error instanceof driver.MongoBulkWriteError && error.code === undefined],
  // Errors of the pool have no exported class, and that of an ended wait is not the driver's.
  ['STORE_UNAVAILABLE', error => WITHOUT_CLASS.test(partsOf(error).name)],
]

/** What the driver threw, in the hub's words. Its messages stay out: they show keys, and hosts of the cluster. */
export function asStoreError(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown
  const code = TABLE.find(([, applies]) => applies(thrown))?.[0]
  return new HubError(code ?? 'UNEXPECTED', { detail: described(thrown), cause: thrown })
}

function partsOf(thrown: unknown): { name: string; code: unknown } {
  const { name = 'The driver failed', code } = Object(thrown) as { name?: unknown; code?: unknown }
  return { name: String(name), code }
}

function described(thrown: unknown): string {
  const { name, code } = partsOf(thrown)
  return code === undefined ? `${name}.` : `${name} ${code}.`
}

export const isDuplicate = (thrown: unknown): boolean =>
  thrown instanceof driver.MongoServerError && thrown.code === DUPLICATE_KEY
