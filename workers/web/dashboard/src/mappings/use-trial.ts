import { useEffect, useRef, useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import { mappingPath, type Trial } from '../api/mapping-types.ts'

/** What is mapped: a stored message, or a pasted text. */
export type Subject = { kind: 'stored'; id: string } | { kind: 'pasted'; text: string; topic: string | null }

export interface TrialInput {
  mapping: string
  /** Null: as it holds. */
  text: string | null
  connection: string | null
  subject: Subject | null
}

export interface TrialState {
  trial: Trial | null
  error: string | null
  /** An answer for what stands there now is on its way. */
  busy: boolean
}

const PAUSE_MS = 250

/** Maps while somebody types: after a short pause, and only the newest question counts. */
export function useTrial(input: TrialInput): TrialState & { run(): void } {
  const [state, setState] = useState<TrialState>({ trial: null, error: null, busy: true })
  const asked = useRef<AbortController | null>(null)
  const question = JSON.stringify(input)

  const ask = async () => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    const { signal } = controller
    const body = bodyOf(input)
    if ('error' in body) return setState(known => ({ ...known, error: body.error, busy: false }))
    setState(known => ({ ...known, busy: true }))
    await post<Trial>(`${mappingPath(input.mapping)}/try`, body.value, signal).then(
      trial => signal.aborted || setState({ trial, error: null, busy: false }),
      problem => signal.aborted || setState({ trial: null, error: messageOf(problem), busy: false }),
    )
  }

  useEffect(() => {
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [question])
  useEffect(() => () => asked.current?.abort(), [])

  return { ...state, run: () => void ask() }
}

type Body = { value: Record<string, unknown> } | { error: string }

function bodyOf({ text, connection, subject }: TrialInput): Body {
  const common = { ...(text === null ? {} : { text }), ...(connection ? { connection } : {}) }
  if (!subject) return { value: common }
  if (subject.kind === 'stored') return { value: { ...common, message: subject.id } }
  try {
    // Sent as it stands, so that long integers keep their digits.
    JSON.parse(subject.text)
    return { value: { ...common, payload: subject.text, ...(subject.topic ? { topic: subject.topic } : {}) } }
  } catch (error) {
    return { error: `The pasted message is not JSON: ${messageOf(error)}` }
  }
}
