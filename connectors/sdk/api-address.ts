import { HubError } from '#core/errors/hub-error.ts'

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * Where a call goes. A whole URL (the partner's paging link) must stay on the origin of `baseUrl`: an answer must not
 * send our token elsewhere.
 */
export function addressOf(baseUrl: string, path: string, query: Query = {}): string {
  const base = baseUrl.replace(/\/+$/, '')
  const url = URL.parse(
    /^https?:\/\//i.test(path) ? path : `${base}${/^[/?]|^$/.test(path) ? '' : '/'}${path}`,
  )
  const home = URL.parse(base)
  if (!home)
    throw new HubError('HOST_FORBIDDEN', { detail: 'The base address is not a URL.', fingerprint: 'url' })
  if (!url || url.origin !== home.origin || url.username || url.password)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `A link leads away from ${home.host}.`,
      fingerprint: 'foreign-link',
    })
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return url.href
}
