import { gunzip } from 'node:zlib'
import type { SellingPartner } from 'amazon-sp-api'
import type { HttpRequest, HttpResponse } from '../../../sdk/index.ts'
import type { Region } from '../regions.ts'

/** Sends what the library would have sent and resolves with whatever was answered. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>

export interface LibraryCall {
  /** `resource.operation` of the library’s tables. */
  operation?: string
  version?: string
  /** For what its tables do not know. */
  apiPath?: string
  method?: string
  path?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
  /** For operations that act for the app and not for a seller. */
  scope?: 'sellingpartnerapi::notifications'
  restrictedDataToken?: string
}

export interface Library {
  call(call: LibraryCall): Promise<HttpResponse>
  /** The report document, decompressed. */
  download(document: { url: string; compressionAlgorithm?: string }): Promise<Buffer>
}

export interface LibraryOptions {
  region: Region
  sandbox: boolean
  accessToken: string
  /** Needed for calls with a scope only. */
  app?: { id: string; secret: string }
  send: Send
}

/** What the library keeps of a request before it goes out, and what it wants back. */
interface WireRequest {
  method?: HttpRequest['method']
  url: string
  headers?: Record<string, string>
  body?: string | null
}
interface WireAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
  chunks: Buffer[]
  answer: HttpResponse
}
interface Inside {
  _request: { execute(request: WireRequest): Promise<WireAnswer> }
  _unzip(bytes: Buffer): Promise<Buffer>
  _access_token?: string
}

/** A report of a busy fortnight has some 30 MB; what grows beyond this is no report. */
const MAX_REPORT_BYTES = 256 * 1024 * 1024

/**
 * amazon-sp-api for what it is good at: paths and versions of operations, encoding, grantless tokens, documents. It opens
 * connections by itself, so the one method that does is replaced: every byte goes through the hub's HTTP client (host
 * check, bounds, keep-alive, rate budget). Its own retries and token renewal are off: the hub has them.
 */
export async function libraryOf(options: LibraryOptions): Promise<Library> {
  const { SellingPartner } = await import('amazon-sp-api')
  const partner = new SellingPartner({
    region: options.region,
    refresh_token: 'unused',
    access_token: options.accessToken,
    credentials: {
      SELLING_PARTNER_APP_CLIENT_ID: options.app?.id ?? 'unused',
      SELLING_PARTNER_APP_CLIENT_SECRET: options.app?.secret ?? 'unused',
    },
    options: {
      use_sandbox: options.sandbox,
      auto_request_tokens: true,
      auto_request_throttled: false,
      retry_remote_timeout: false,
      version_fallback: false,
      user_agent: 'Crossdock (Language=Node.js)',
    },
  })
  const inside = partner as unknown as Inside
  inside._request.execute = request => execute(options.send, request)
  inside._unzip = unzipped
  return {
    call: call => callThrough(partner, call),
    async download(document) {
      const text = await partner.download<Promise<string>>(document, { charset: 'binary' })
      return Buffer.from(text, 'binary')
    },
  }
}

async function callThrough(partner: SellingPartner, call: LibraryCall): Promise<HttpResponse> {
  const { operation, version, apiPath, restrictedDataToken, ...rest } = call
  const raw: unknown = await partner.callAPI({
    ...rest,
    ...(apiPath === undefined ? { operation } : { api_path: apiPath }),
    ...(restrictedDataToken === undefined ? {} : { restricted_data_token: restrictedDataToken }),
    options: { ...(version === undefined ? {} : { version }), raw_result: true },
  } as Parameters<SellingPartner['callAPI']>[0])
  // Judged by our response table; the library's own exceptions keep neither status nor headers.
  return (raw as WireAnswer).answer
}

async function execute(send: Send, { method = 'GET', url, headers, body }: WireRequest): Promise<WireAnswer> {
  // `host` and the length follow from what is really sent.
  const { host: _host, ...rest } = headers ?? {}
  const isCall = headers !== undefined
  const answer = await send({
    method,
    url,
    headers: rest,
    ...(typeof body === 'string' ? { body } : {}),
    ...(isCall ? {} : { bytes: true }),
  })
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(textOf(answer.body))
  return {
    statusCode: answer.status,
    headers: answer.headers,
    body: bytes.toString(),
    chunks: [bytes],
    answer,
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body ?? ''))

const unzipped = (bytes: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    gunzip(bytes, { maxOutputLength: MAX_REPORT_BYTES }, (error, plain) =>
      error ? reject(error) : resolve(plain),
    )
  })
