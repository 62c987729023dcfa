import type { ConnectionView, ErrorCode, HttpRequest, Part, Resource, SignedPart } from '../../sdk/index.ts'

/** The settings of a declared channel as `manifest.settings` lets them through. */
export interface Settings {
  readonly baseUrl: string
  readonly auth?: AuthSetting
  readonly webhooks?: WebhooksSetting
  readonly polls?: Readonly<Partial<Record<Resource, PollSetting>>>
  readonly pushes?: Readonly<Partial<Record<Resource, PushSetting>>>
  readonly limits?: LimitsSetting
  readonly responses?: readonly ResponseSetting[]
  readonly probe?: { readonly path: string }
}

export interface AuthSetting {
  readonly kind: 'none' | 'bearer' | 'header' | 'query' | 'basic' | 'client-credentials'
  readonly header?: string
  readonly prefix?: string
  readonly parameter?: string
  readonly username?: string
  readonly tokenUrl?: string
  readonly scopes?: readonly string[]
  readonly clientAuth?: 'basic' | 'body'
}

export interface SignatureSetting {
  readonly kind: 'hmac' | 'standard-webhooks' | 'shared-secret'
  readonly header?: string
  readonly encoding?: 'base64' | 'hex' | 'either'
  readonly prefix?: string
  readonly signed?: readonly SignedPart[]
  readonly separator?: string
  readonly timestampHeader?: string
  readonly toleranceSeconds?: number
  readonly key?: 'base64' | 'utf8'
  readonly form?: 'plain' | 'bearer' | 'basic'
  readonly parameter?: string
}

export interface WebhooksSetting {
  readonly signature: SignatureSetting
  readonly topic: Part | { readonly fixed: string }
  readonly topics: Readonly<Record<string, Resource>>
  readonly dedupeKey?: readonly Part[]
  readonly eventAt?: Part
  readonly keepHeaders?: readonly string[]
  readonly ignore?: readonly string[]
  readonly records?: string
}

export interface PollSetting {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly topic?: string
  readonly items?: string
  readonly id?: string
  readonly changedAt: string
  readonly since?: 'rfc3339' | 'seconds' | 'milliseconds'
  readonly next?: 'page' | 'offset' | 'token' | 'link' | 'none'
  readonly token?: string
  readonly firstPage?: number
  readonly size?: number
  readonly sorted?: boolean
  readonly everySeconds?: number
  readonly overlapSeconds?: number
  readonly from?: string
}

export interface PushSetting {
  readonly method?: HttpRequest['method']
  readonly path: string
  readonly id?: string
  readonly idempotencyHeader?: string
  readonly once?: boolean
  readonly search?: { readonly path: string; readonly items?: string; readonly id?: string }
  readonly update?: { readonly method?: HttpRequest['method']; readonly path: string }
}

export interface LimitsSetting {
  readonly capacity: number
  readonly refillPerSecond: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface ResponseSetting {
  readonly status: number | string
  readonly pointer?: string
  readonly equals?: string
  readonly code: ErrorCode
}

/** Validated against the manifest before. */
export const settingsOf = ({ settings }: Pick<ConnectionView, 'settings'>): Settings =>
  settings as unknown as Settings

/** Topic of a poll's messages. */
export const topicOf = (resource: string, { topic }: Pick<PollSetting, 'topic'>): string =>
  topic ?? `poll/${resource}`
