/** A problem+json answer (RFC 9457), or what the browser says when there is none. */
export class ApiProblem extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

let signedOut = (): void => undefined

/** Called whenever the API says that the session is over. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path)

export const post = <T>(path: string, body: Record<string, unknown> = {}): Promise<T> =>
  call<T>('POST', path, body)

async function call<T>(method: string, path: string, body?: Record<string, unknown>): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
    credentials: 'same-origin',
  }).catch(() => {
    throw new ApiProblem(0, 'The hub does not answer.')
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as T
  if (response.status === 401) signedOut()
  throw new ApiProblem(response.status, problemText(answer, response.status))
}

function problemText(answer: unknown, status: number): string {
  const { title, detail } = (answer ?? {}) as { title?: string; detail?: string }
  return [title, detail].filter(Boolean).join(' ') || `The hub answered with ${status}.`
}

/** The sentence of any failure. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
