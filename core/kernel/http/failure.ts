import { HubError } from '../../errors/hub-error.ts'
import type { ErrorCode } from '../../errors/register.ts'

/** A URL for messages: user, password, query and fragment may hold secrets and are left out. */
export function safeUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/**
 * What a request that got no whole answer means. The library's error is not kept as the cause: it carries the
 * request's headers, credentials among them.
 */
export function failure(thrown: unknown, call: string): HubError {
  const known = firstHubError(thrown)
  if (known)
    return new HubError(known.code, {
      detail: [`${call}:`, known.detail].join(' '),
      fingerprint: known.fingerprint,
    })
  const { code = '', message = '' } = deepest(thrown)
  if (message.startsWith('maxContentLength'))
    return error('PARTNER_ANSWER_TOO_LARGE', call, 'the answer is too long')
  if (message === 'stream has been aborted')
    return error('PARTNER_UNREACHABLE', call, 'the connection ended within the answer')
  if (/^(HPE_|Z_|ERR_BUFFER|ERR__ERROR)/.test(code)) return error('PARTNER_ANSWER_INVALID', call, code)
  if (code === '' || code.startsWith('ERR_INVALID') || code.startsWith('ERR_BAD_OPTION'))
    return error('UNEXPECTED', call, code || 'failed')
  return error('PARTNER_UNREACHABLE', call, code)
}

const error = (code: ErrorCode, call: string, why: string): HubError =>
  new HubError(code, { detail: `${call}: ${why}.`, fingerprint: why })

interface Failed {
  code?: string
  message?: string
  cause?: unknown
}

function firstHubError(thrown: unknown): HubError | undefined {
  for (let at = thrown; at; at = (at as Failed).cause) if (at instanceof HubError) return at
  return undefined
}

function deepest(thrown: unknown): Failed {
  let at = thrown as Failed
  while (at.cause && typeof at.cause === 'object') at = at.cause
  return at
}
