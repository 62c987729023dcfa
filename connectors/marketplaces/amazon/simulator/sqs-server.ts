import type { Account } from './account.ts'
import type { Answer, Asked } from './exchange.ts'

interface Entry {
  Id: string
  ReceiptHandle: string
  VisibilityTimeout?: number
}

/** Enough of the AWS JSON protocol for a reader of one queue; long polls answer at once. */
export function answerSqs({ queue }: Account, { headers, body }: Asked, accessKeyId: string): Answer {
  const target = headers['x-amz-target'] ?? ''
  if (!(headers['authorization'] ?? '').includes(`Credential=${accessKeyId}/`))
    return refused('com.amazon.coral.service#InvalidClientTokenIdException')
  if (target === 'AmazonSQS.ReceiveMessage') {
    const Messages = queue.receive(
      Number(body['MaxNumberOfMessages'] ?? 1),
      Number(body['VisibilityTimeout'] ?? 30),
    )
    return done(Messages.length > 0 ? { Messages } : {})
  }
  const entries = (body['Entries'] ?? []) as Entry[]
  if (target === 'AmazonSQS.DeleteMessageBatch')
    for (const { ReceiptHandle } of entries) queue.remove(ReceiptHandle)
  else if (target === 'AmazonSQS.ChangeMessageVisibilityBatch')
    for (const { ReceiptHandle, VisibilityTimeout = 0 } of entries)
      queue.hide(ReceiptHandle, VisibilityTimeout)
  else return refused('com.amazon.coral.service#UnknownOperationException')
  return done({ Successful: entries.map(({ Id }) => ({ Id })), Failed: [] })
}

const JSON_1_0 = { 'content-type': 'application/x-amz-json-1.0' }

const done = (body: unknown): Answer => ({ status: 200, headers: JSON_1_0, body })

const refused = (type: string): Answer => ({
  status: 400,
  headers: JSON_1_0,
  body: { __type: type, message: 'Refused.' },
})
