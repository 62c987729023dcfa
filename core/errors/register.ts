/** What the engine does next. It switches on this alone. */
export type Recovery = 'retry' | 'wait' | 'reauthorize' | 'park' | 'skip' | 'halt'

/** Who has to act. */
export type Fault = 'partner' | 'operator' | 'data' | 'hub'

export interface ErrorRow {
  recovery: Recovery
  fault: Fault
  /** One sentence for people, without data of the case. */
  message: string
  /** What to do about it. */
  fix: string
  /** Sends that may fail this way before the delivery is parked; the default of the recovery unless given. */
  attempts?: number
  /** Hours after which a delivery that still fails this way is parked. */
  hours?: number
  /** A rule of the operator wants it so: nobody failed, and reliability does not suffer. */
  intended?: true
}

const row = (
  recovery: Recovery,
  fault: Fault,
  message: string,
  fix: string,
  budget: Pick<ErrorRow, 'attempts' | 'hours' | 'intended'> = {},
): ErrorRow => ({ recovery, fault, message, fix, ...budget })

/** A partner that is down is waited for by age, not by count: three days. */
const outage = { attempts: 1_000, hours: 72 }

/** Every code of the hub, one row each. `core/errors/ERRORS.md` is generated from it. Codes are never reused. */
export const REGISTER = {
  // configuration: the process stops
  CONFIG_INVALID: row(
    'halt',
    'operator',
    'The configuration is not valid.',
    'Correct the key that the line names.',
  ),
  CONFIG_UNRESOLVED: row(
    'halt',
    'operator',
    'A reference in the configuration does not resolve.',
    'Set the environment variable or name an existing id.',
  ),
  SECRET_MISSING: row(
    'halt',
    'operator',
    'A required secret is not set.',
    'Give the secret that the line names.',
  ),
  STORE_LOCKED: row(
    'halt',
    'operator',
    'Another hub process works on this data folder.',
    'Stop the other process or choose another HUB_DATA_DIR.',
  ),
  STORE_VERSION: row(
    'halt',
    'operator',
    'The data folder was written by a newer version.',
    'Start the newer version.',
  ),
  STORE_HALF_MOVED: row(
    'halt',
    'operator',
    'Another store is being moved into this one.',
    'Run the same `hub migrate-store` again, or empty this store.',
  ),
  STORE_NOT_EMPTY: row(
    'halt',
    'operator',
    'The store to move to is not empty.',
    'Give a new file or a new database, or empty this one.',
  ),
  MAPPINGS_BROKEN: row(
    'halt',
    'operator',
    'A mapping does not compile.',
    'Run `hub mappings lint` and correct what it names.',
  ),

  // receiving
  SIGNATURE_INVALID: row(
    'skip',
    'partner',
    'The signature does not match the bytes received.',
    'Check the webhook secret of the connection.',
  ),
  SIGNATURE_MISSING: row(
    'skip',
    'partner',
    'The request carries no signature.',
    'Send the request from the partner, not by hand.',
  ),
  SIGNATURE_STALE: row(
    'skip',
    'partner',
    'The signed time is outside the tolerance.',
    'Check the clocks of both sides.',
  ),
  REQUEST_INVALID: row(
    'skip',
    'partner',
    'The request lacks what the partner always sends.',
    'Check that the webhook was set up for this connection.',
  ),
  BODY_TOO_LARGE: row(
    'skip',
    'partner',
    'The body is over the size bound.',
    'Raise `inbox.maxBodyBytes` if the partner really sends this much.',
  ),
  CONNECTION_UNKNOWN: row(
    'skip',
    'operator',
    'There is no connection of this id.',
    'Check the webhook address.',
  ),
  INBOX_FULL: row(
    'wait',
    'hub',
    'The inbox is over its high-water mark.',
    'Nothing: the partner sends again; look at the backlog.',
  ),
  TOPIC_IGNORED: row(
    'skip',
    'operator',
    'Nothing is configured for this topic.',
    'Nothing, or add a mapping for the topic.',
  ),
  SOURCE_SKIPPED: row('skip', 'data', 'The mapping leaves this record out.', 'Nothing: the mapping says so.'),
  COVERED_ELSEWHERE: row(
    'skip',
    'partner',
    'Another message brings the same change whole.',
    'Nothing, or give the connection API access so that the hub can fetch.',
  ),
  ERASURE_REQUESTED: row(
    'skip',
    'partner',
    'The partner asks for the data of a person or of a shop to be erased.',
    'Nothing: the hub erases it and writes into the audit what.',
  ),
  ERASED: row(
    'skip',
    'partner',
    'It concerns somebody whose data was erased.',
    'Nothing: it must not come back.',
  ),

  ECHO: row(
    'skip',
    'hub',
    'It is what the hub itself wrote to the partner.',
    'Nothing: the document behind it is known.',
  ),

  // translating
  BODY_UNREADABLE: row(
    'park',
    'data',
    'The body cannot be read as its content type says.',
    'Look at the body; edit and replay, or discard.',
  ),
  MAPPING_MISSING: row(
    'park',
    'data',
    'A required field is missing in the source.',
    'Edit the payload or extend the mapping, then replay.',
  ),
  MAPPING_TYPE: row(
    'park',
    'data',
    'A value has the wrong type.',
    'Edit the payload or extend the mapping, then replay.',
  ),
  MAPPING_TABLE_MISS: row(
    'park',
    'data',
    'A value is in no entry of its table.',
    'Add the entry to the table, then replay the cause.',
  ),
  MAPPING_EXPRESSION: row(
    'park',
    'data',
    'An expression of the mapping failed.',
    'Edit the payload or correct the mapping, then replay.',
  ),
  DOCUMENT_INVALID: row(
    'park',
    'data',
    'The document does not fit its schema.',
    'Edit the payload or correct the mapping, then replay.',
  ),
  INVARIANT_MONEY: row(
    'park',
    'data',
    'The amounts of the document do not balance.',
    'Compare with the channel; correct there or edit and replay.',
  ),
  INVARIANT_QUANTITY: row('park', 'data', 'A quantity is negative or not a number.', 'Edit and replay.'),
  CURRENCY_UNKNOWN: row('park', 'data', 'The currency code is not in ISO 4217.', 'Edit and replay.'),
  PRIVACY_REQUEST: row(
    'park',
    'operator',
    'The partner asks to hand over what is kept of a person.',
    'Hand over what `hub privacy export --request <message>` writes within the time that the detail names, then discard the dead letter: that is audited.',
  ),
  ERASE_COPIES: row(
    'park',
    'operator',
    'What was erased here had been delivered to other systems.',
    'Erase it there, too: `hub privacy copies <message>` names every record; then discard the dead letter: that is audited.',
  ),
  CRASH_LOOP: row(
    'park',
    'hub',
    'Working on it ended the process several times.',
    'Look at the payload; report the case; replay when fixed.',
  ),
  MAPPING_ABSENT: row(
    'park',
    'operator',
    'No mapping handles this topic.',
    'Add a mapping for the topic, then replay.',
  ),
  MAPPING_BROKEN: row(
    'park',
    'operator',
    'What was published or declared over the mapping does not compile with it.',
    'Correct the line that the detail names, or roll back; then replay.',
  ),

  // partners
  PARTNER_UNREACHABLE: row(
    'retry',
    'partner',
    'The partner could not be reached.',
    'Nothing: the hub goes on trying.',
    outage,
  ),
  PARTNER_TIMEOUT: row(
    'retry',
    'partner',
    'The partner did not answer in time.',
    'Nothing: the hub looks whether it arrived and goes on.',
    outage,
  ),
  PARTNER_FAILED: row(
    'retry',
    'partner',
    'The partner answered with a server error.',
    'Nothing: the hub goes on trying.',
    outage,
  ),
  PARTNER_ANSWER_INVALID: row(
    'retry',
    'partner',
    'The partner’s answer cannot be understood.',
    'Look at the answer; check address and version.',
    { attempts: 12, hours: 24 },
  ),
  PARTNER_ANSWER_TOO_LARGE: row(
    'park',
    'partner',
    'The partner’s answer is over the size bound.',
    'Check the address.',
  ),
  PARTNER_THROTTLED: row(
    'wait',
    'partner',
    'The partner asks to slow down.',
    'Nothing: the hub waits as long as it was told.',
  ),
  BUDGET_SPENT: row(
    'wait',
    'partner',
    'The partner’s rate limit leaves no room for this call yet.',
    'Nothing: more urgent work of the account goes first, then this.',
  ),
  DAILY_LIMIT_SPENT: row(
    'wait',
    'partner',
    'The partner takes no more changes of this record today.',
    'Nothing: the newest state is written when the partner’s day has turned. If it happens often, show it in larger steps: a buffer or a percentage for this channel.',
  ),
  PARTNER_REDIRECTED: row(
    'park',
    'operator',
    'The partner redirects to another host.',
    'Set the address that it redirects to, if it is right.',
  ),
  PARTNER_REFUSED: row(
    'park',
    'partner',
    'The partner refused the document.',
    'Read its answer; correct the data or the mapping, then replay.',
  ),
  PARTNER_FORBIDDEN: row(
    'park',
    'operator',
    'The user of the connection lacks a right at the partner.',
    'Give the user the right that the detail names, then replay the cause.',
  ),
  SKU_UNKNOWN: row(
    'park',
    'data',
    'The destination has no item for a SKU of the document.',
    'Make the item there, or add the SKU to the table of the mapping; then replay the cause.',
  ),
  MASTER_DATA_MISSING: row(
    'park',
    'operator',
    'The destination has no record of its own for something that the document needs.',
    'Make it there, or name another in the settings of the connection; then replay the cause.',
  ),
  TOTAL_DIFFERS: row(
    'park',
    'data',
    'The destination makes another total of the order than the channel.',
    'Compare the two figures of the detail: a tax, a price list, a line that somebody added; correct it, then replay.',
  ),
  ACKNOWLEDGED: row('skip', 'partner', 'The partner confirms what the hub sent.', 'Nothing.'),
  ACKNOWLEDGEMENT_MISSING: row(
    'park',
    'partner',
    'The partner has not acknowledged what was sent.',
    'Ask the partner whether it arrived; replay when it has acknowledged, or discard.',
  ),
  CONTROL_NUMBER_REUSED: row(
    'park',
    'partner',
    'A control number came again with other content.',
    'Ask the partner which one holds; with `controlNumbers: lenient` a replay takes it.',
  ),
  CONTROL_NUMBER_GAP: row(
    'park',
    'partner',
    'Control numbers of the partner were left out: files are missing.',
    'Ask the partner for them; replay when they have come, or discard.',
  ),
  PARTNER_CONFLICT: row(
    'retry',
    'partner',
    'The partner reports a conflicting change.',
    'Nothing: the hub reads again and retries.',
    { attempts: 12, hours: 24 },
  ),
  SECRET_UNREADABLE: row(
    'reauthorize',
    'operator',
    'A stored secret cannot be opened.',
    'Give the key-encryption key it was sealed with, or enter the secret again.',
  ),
  UNAUTHORIZED: row(
    'reauthorize',
    'operator',
    'The partner no longer accepts the credentials.',
    'Authorise the connection again.',
  ),
  OAUTH_REFUSED: row(
    'reauthorize',
    'operator',
    'The partner gives no token for what the merchant once agreed to.',
    'Connect the store again: the merchant agrees on the partner’s page.',
  ),
  OAUTH_APP_REFUSED: row(
    'retry',
    'operator',
    'The partner does not know the app, or its secret is wrong.',
    'Correct `apps.<connector>` in the configuration: client id, client secret.',
    outage,
  ),
  OAUTH_STATE_INVALID: row(
    'park',
    'operator',
    'This answer of the partner belongs to no agreement under way.',
    'Begin again: every link works once, for half an hour, in the browser that began.',
  ),
  OAUTH_DENIED: row(
    'park',
    'operator',
    'The merchant did not agree.',
    'Begin again, and agree on the partner’s page.',
  ),
  HOST_FORBIDDEN: row(
    'park',
    'operator',
    'The address is in a private network.',
    'Add the host to `security.allowPrivateHosts` if it is meant.',
  ),

  // engine
  DEPENDENCY_WAIT: row(
    'wait',
    'hub',
    'It waits for another document to arrive first.',
    'Nothing; if it lasts, look for the document it waits for.',
    { hours: 72 },
  ),
  DEPENDENCY_TIMEOUT: row(
    'park',
    'data',
    'The document it waited for never arrived.',
    'Bring that document in (backfill), then replay.',
  ),
  CIRCUIT_OPEN: row(
    'wait',
    'partner',
    'The connection rests after repeated failures.',
    'Nothing: the hub tries again by itself.',
  ),
  CONNECTION_PAUSED: row('wait', 'operator', 'The connection is paused.', 'Resume the connection.'),
  RETRIES_EXHAUSTED: row(
    'park',
    'partner',
    'It failed as often as its budget allows.',
    'Look at the last failure; replay when it is solved.',
  ),
  DESTINATION_UNSUPPORTED: row(
    'park',
    'operator',
    'The destination cannot take this kind of document.',
    'Correct the flow.',
  ),
  ORDER_HELD: row(
    'park',
    'operator',
    'A rule holds the order back.',
    'Wait until the order no longer fits the rule, or decide: release it or discard it, with a reason.',
    { intended: true },
  ),
  CANCELLED_WHILE_HELD: row(
    'skip',
    'data',
    'It was cancelled while it was held back, and has never been there.',
    'Nothing.',
  ),
  NO_LINES_HERE: row(
    'skip',
    'operator',
    'None of its lines is for this destination.',
    'Nothing: it is asked again when lines are assigned.',
  ),
  REFUND_EXCEEDS_PAID: row(
    'wait',
    'data',
    'More would be paid back than was paid.',
    'Compare the refunds of the order at its channel; correct them there, or replay once the payment is known.',
    { hours: 1 },
  ),
  SUPERSEDED: row('skip', 'hub', 'A newer revision was delivered instead.', 'Nothing.'),
  UNEXPECTED: row(
    'retry',
    'hub',
    'Something failed that the hub does not know.',
    'Report the case with its attempts.',
    { attempts: 8, hours: 24 },
  ),
  STORE_UNAVAILABLE: row(
    'retry',
    'operator',
    'The store does not answer.',
    'Look whether the database runs and can be reached; the hub goes on by itself.',
    outage,
  ),
  STORE_REFUSED: row(
    'halt',
    'operator',
    'The store refuses the hub.',
    'Check user, password and rights of the address in HUB_STORE_URL.',
  ),
  QUEUE_UNAVAILABLE: row(
    'retry',
    'operator',
    'The queue does not answer.',
    'Look whether Redis runs and can be reached; the hub goes on by itself.',
    outage,
  ),
  QUEUE_REFUSED: row(
    'halt',
    'operator',
    'Redis refuses the hub.',
    'Check user, password and rights of the address in HUB_QUEUE_URL.',
  ),
  SHUTDOWN: row('wait', 'hub', 'The process is stopping.', 'Nothing: the work is handed back.'),
  LEASE_LAPSED: row(
    'wait',
    'hub',
    'The work took longer than its lease before anything was sent.',
    'Nothing: whoever has the lease sends. If it repeats, the machine is overloaded or engine.leaseMs too short.',
  ),

  // people and programs at the API
  NOT_FOUND: row('skip', 'operator', 'There is no such thing.', 'Check the id.'),
  INPUT_INVALID: row('skip', 'operator', 'The request is not valid.', 'Correct what the detail names.'),
  NOT_SIGNED_IN: row(
    'skip',
    'operator',
    'No valid key or session.',
    'Send `Authorization: Bearer <key>` or open a sign-in link.',
  ),
  NOT_ALLOWED: row('skip', 'operator', 'The role does not allow this.', 'Ask an admin.'),
  TOO_MANY_FAILURES: row(
    'wait',
    'operator',
    'Too many wrong keys came from this address.',
    'Wait a minute, then use a valid key.',
  ),
  STATE_CONFLICT: row(
    'skip',
    'operator',
    'Its present state does not allow this.',
    'Read it again and decide anew.',
  ),
  MAPPING_CASES_FAILED: row(
    'skip',
    'operator',
    'Cases of the mapping fail.',
    'Correct the mapping, or bring the cases that hold from now on.',
  ),
  MAPPING_CHANGED: row(
    'skip',
    'operator',
    'Somebody else published meanwhile.',
    'Read the newest version and decide anew.',
  ),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof REGISTER

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(REGISTER, code)
