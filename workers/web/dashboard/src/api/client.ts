/** A problem+json answer (RFC 9457), or what the browser says when there is none. */
export class ApiProblem extends Error {
  readonly status: number
  /** The whole answer: some problems carry more than their sentence. */
  readonly answer: Record<string, unknown>

  constructor(status: number, message: string, answer: unknown = null) {
    super(message)
    this.status = status
    this.answer = typeof answer === 'object' && answer !== null ? { ...answer } : {}
  }
}

let signedOut = (): void => undefined

/** Called whenever the API says that the session is over. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path)

export const post = <T>(path: string, body: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> =>
  call<T>('POST', path, body, signal)

/** Of an address with a query: what it selects is removed. */
export const remove = <T>(path: string): Promise<T> => call<T>('DELETE', path)

/** `?a=1&b=2` of what is there; empty when nothing is. */
export function queryOf(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return given.length > 0 ? `?${query}` : ''
}

async function call<T>(
  method: string,
  path: string,
  body?: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    credentials: 'same-origin',
    signal,
  }).catch(() => {
    throw new ApiProblem(0, 'The hub does not answer.')
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  if (response.status === 401) signedOut()
  throw new ApiProblem(response.status, problemText(answer, response.status), answer)
}

function problemText(answer: unknown, status: number): string {
  const { title, detail } = (answer ?? {}) as { title?: string; detail?: string }
  return [title, detail].filter(Boolean).join(' ') || `The hub answered with ${status}.`
}

/** The sentence of any failure. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
