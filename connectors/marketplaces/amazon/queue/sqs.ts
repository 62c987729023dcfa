import { Readable } from 'node:stream'
import type { SQSClient } from '@aws-sdk/client-sqs'
import {
  asHubError,
  type ConnectorContext,
  errorFor,
  HTTP_RESPONSES,
  HubError,
  type ResponseTable,
} from '../../../sdk/index.ts'
import { amazonSettings } from '../settings.ts'

export interface QueueItem {
  body: Buffer
  receipt: string
}

export interface NotificationQueue {
  /** Waits for the first one; up to ten, none after a quiet while. */
  receive(): Promise<QueueItem[]>
  remove(receipts: readonly string[]): Promise<void>
  /** Gives back what was received: visible again at once. Never throws; without it, the time-out does the same. */
  release(receipts: readonly string[]): Promise<void>
}

/** SQS holds a receive call open this long. */
const WAIT_SECONDS = 20
/** From receiving to deletion; what is not deleted by then comes again. */
const VISIBILITY_SECONDS = 120

/** AWS JSON names its errors in the body: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
const named = (pattern: RegExp) => (body: unknown) => pattern.test(typeOf(body))

const typeOf = (body: unknown): string =>
  /"__type"\s*:\s*"(?:[^"#]*#)?([\w.]+)"/.exec(String(body))?.[1] ?? ''

const sqsResponses: ResponseTable = [
  { status: '4xx', body: named(/Throttl|OverLimit/), code: 'PARTNER_THROTTLED', detail: typeOf },
  {
    status: '4xx',
    body: named(
      /AccessDenied|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSecurity|UnrecognizedClient|ExpiredToken|QueueDoesNotExist|NonExistentQueue/,
    ),
    code: 'UNAUTHORIZED',
    detail: typeOf,
  },
  ...HTTP_RESPONSES,
]

/** The queue through AWS's own client (signatures, checksums) over the hub's HTTP client (host check, bounds). */
export async function notificationQueue(context: ConnectorContext): Promise<NotificationQueue> {
  const { queueUrl } = amazonSettings(context.connection)
  if (!queueUrl) throw new HubError('UNAUTHORIZED', { detail: 'The setting `queueUrl` is missing.' })
  const sqs = await import('@aws-sdk/client-sqs')
  const client = new sqs.SQSClient(clientOptions(context, queueUrl))
  const abortSignal = context.signal
  return {
    async receive() {
      const command = new sqs.ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: WAIT_SECONDS,
        VisibilityTimeout: VISIBILITY_SECONDS,
      })
      const { Messages = [] } = await understood(client.send(command, { abortSignal }))
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({
        body: Buffer.from(Body),
        receipt: ReceiptHandle,
      }))
    },
    async remove(receipts) {
      if (receipts.length === 0) return
      const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }))
      // One that fails comes again and is known by its notification id.
      await understood(
        client.send(new sqs.DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), { abortSignal }),
      )
    },
    async release(receipts) {
      const Entries = receipts.map((ReceiptHandle, index) => ({
        ...{ Id: String(index), ReceiptHandle },
        VisibilityTimeout: 0,
      }))
      const command = new sqs.ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries })
      await client.send(command).catch((thrown: unknown) => {
        context.log('debug', 'messages could not be given back; their time-out does it', {
          code: asHubError(thrown).code,
        })
      })
    },
  }
}

/** What AWS's client throws of its own is an answer that it could not read. */
async function understood<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The queue’s answer cannot be read.', cause })
  }
}

type ClientOptions = NonNullable<ConstructorParameters<typeof SQSClient>[0]>

function clientOptions(context: ConnectorContext, queueUrl: string): ClientOptions {
  const { queueEndpoint } = amazonSettings(context.connection)
  const { secrets } = context.connection
  const [accessKeyId, secretAccessKey] = [secrets['awsAccessKeyId']?.[0], secrets['awsSecretAccessKey']?.[0]]
  if (!accessKeyId || !secretAccessKey)
    throw new HubError('UNAUTHORIZED', {
      detail: 'The queue needs the secrets `awsAccessKeyId` and `awsSecretAccessKey`.',
    })
  return {
    region: queueRegion(queueUrl),
    endpoint: queueEndpoint ?? new URL(queueUrl).origin,
    credentials: { accessKeyId, secretAccessKey },
    // The poller comes again by itself.
    maxAttempts: 1,
    requestHandler: handlerOver(context),
  }
}

/** `sqs.eu-west-1.amazonaws.com`, or `eu-west-1.queue.amazonaws.com` as it once was. */
export const queueRegion = (queueUrl: string): string =>
  /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(`${new URL(queueUrl).hostname}.`)?.[1] ?? 'us-east-1'

/** `arn:aws:sqs:region:account:name` of a queue's address. */
export function queueArn(queueUrl: string): string {
  const [account, name] = new URL(queueUrl).pathname.split('/').slice(-2)
  return `arn:aws:sqs:${queueRegion(queueUrl)}:${account}:${name}`
}

function handlerOver(context: ConnectorContext) {
  return {
    async handle(request: {
      method: string
      protocol: string
      hostname: string
      port?: number
      path: string
      headers: Record<string, string>
      body?: unknown
    }) {
      const { protocol, hostname, port, path, method, headers, body } = request
      const { host: _host, 'content-length': _length, ...rest } = headers
      const answer = await context.http.request({
        method: method as 'POST',
        url: `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`,
        headers: rest,
        body,
        bytes: true,
        signal: context.signal,
      })
      const bytes = answer.body as Buffer | ''
      if (answer.status !== 200)
        throw errorFor(sqsResponses, { ...answer, body: bytes.toString() }, context.now())
      const stream = Readable.from(bytes.length > 0 ? [bytes] : [])
      return { response: { statusCode: answer.status, headers: answer.headers, body: stream } }
    },
    metadata: { handlerProtocol: 'http/1.1' },
  }
}
