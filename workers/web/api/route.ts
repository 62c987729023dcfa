import type { Request, Response } from 'express'
import type { Action, Principal } from '#core/accounts/roles.ts'
import type { JsonSchema } from '#core/contracts/connector.ts'
import type { ApiDeps } from './deps.ts'
import type { Failures } from './failures.ts'
import type { Streams } from './streams.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One row of the register. Router, validation and `openapi.json` are made from it. */
export interface Route {
  method: Method
  /** Below `/api/v1`; parameters as `:name`. */
  path: string
  /** What the role must allow; null: open to everybody. */
  action: Action | null
  summary: string
  query?: ObjectSchema
  body?: ObjectSchema
  /** Status of success; 200 unless told, 204 where there is no answer. */
  status?: number
  answer?: 'page' | 'object' | 'none' | 'stream'
  /** Takes bodies up to the inbox bound instead of 1 MB. */
  large?: true
  handler: Handler
}

export type ObjectSchema = JsonSchema & {
  type: 'object'
  properties: Record<string, JsonSchema>
  required?: readonly string[]
}

/** Returns what is answered as JSON; undefined is 204. Throws `HubError` for everything else. */
export type Handler = (call: Call, deps: ApiDeps) => unknown

export interface Call {
  /** For open routes nobody in particular: a viewer of no tenant. */
  principal: Principal
  params: Record<string, string>
  /** Validated and coerced by the row's schema. */
  query: Query
  /** Validated by the row's schema; its type follows from it. */
  body: unknown
  /** For the few handlers that set a cookie or stream. */
  request: Request
  response: Response
  failures: Failures
  streams: Streams
}

export type Query = { limit?: number; after?: string; tenant?: string } & Record<
  string,
  string | number | boolean | undefined
>
