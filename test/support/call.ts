import { Agent, request } from 'node:http'

export interface CallOptions {
  method?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

export interface CallAnswer {
  /** 0: there was no answer, because nobody listens or the connection broke. */
  status: number
  text: string
}

const agent = new Agent({ keepAlive: true })

/** An HTTP call to a server that may be killed at any moment: never rejects. */
export function call(
  url: string,
  { method = 'GET', headers = {}, body }: CallOptions = {},
): Promise<CallAnswer> {
  return new Promise(resolve => {
    const none = () => resolve({ status: 0, text: '' })
    const outgoing = request(url, { method, headers, agent }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('error', none)
      answer.on('close', none)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      )
    })
    outgoing.on('error', none)
    outgoing.end(body)
  })
}
