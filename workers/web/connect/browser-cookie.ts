import type { Request, Response } from 'express'

const NAME = 'crossdock_connect'
const MAX_AGE_MS = 30 * 60_000

/** Only `/connect` gets it; `lax`, because the partner's redirect is a navigation from another site. */
export const setBrowser = (response: Response, browser: string, secure: boolean): void => {
  response.cookie(NAME, browser, {
    ...{ httpOnly: true, sameSite: 'lax', secure, path: '/connect', maxAge: MAX_AGE_MS },
  })
}

/** Two tabs of one browser share it, so that one does not end what the other began. */
export const browserOf = (request: Request): string | null =>
  new RegExp(`(?:^|; *)${NAME}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1] ?? null
