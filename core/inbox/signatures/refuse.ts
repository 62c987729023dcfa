import type { Refusal } from './scheme.ts'

export const OK = Object.freeze({ ok: true as const })

export const missing = (header: string): Refusal => ({
  ok: false,
  code: 'SIGNATURE_MISSING',
  detail: `The request has no \`${header}\`.`,
})

export const invalid = (detail: string): Refusal => ({ ok: false, code: 'SIGNATURE_INVALID', detail })

/** Fail closed: without a secret nothing can be proven, so nothing is accepted. */
export const noSecret = (): Refusal => invalid('The connection has no usable webhook secret.')

export const mismatch = (): Refusal =>
  invalid('The signature is not that of the bytes received with any live secret.')

/** node:http joins a repeated header with `, `: which one was meant is not ours to guess. */
export const doubled = (header: string): Refusal => invalid(`\`${header}\` was sent more than once.`)
