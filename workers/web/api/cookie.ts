import type { Request, Response } from 'express'

const NAME = 'crossdock_session'

export interface SessionCookie {
  session: string
  maxAgeMs: number
  secure: boolean
}

/** Not readable by scripts, not sent along from other sites. */
export const setSession = (response: Response, { session, maxAgeMs, secure }: SessionCookie): void => {
  response.cookie(NAME, session, { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: maxAgeMs })
}

export const clearSession = (response: Response): void => {
  response.clearCookie(NAME, { httpOnly: true, sameSite: 'strict', path: '/' })
}

export function readSession(request: Request): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === NAME && value) return value
  }
  return null
}
