import { useEffect, useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import { Notice } from '../components/notice.tsx'

const COMMAND = 'npm run -s hub -- keys sign-in'

interface SignInPageProps {
  /** From an opened link. */
  token: string | null
  onSignedIn(): void
}

/** There are no passwords: a one-time link from the command line opens a session. */
export function SignInPage({ token, onSignedIn }: SignInPageProps) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(token !== null)

  const signIn = async (given: string) => {
    setBusy(true)
    setError(null)
    // The token must not stay in the address, where it would be kept in the history and seen over a shoulder.
    if (location.search) history.replaceState(null, '', '/sign-in')
    await post('/sign-in', { token: tokenIn(given) }).then(onSignedIn, problem =>
      setError(messageOf(problem)),
    )
    setBusy(false)
  }

  // A link works once, so it is tried once.
  useEffect(() => {
    if (token) void signIn(token)
  }, [])

  return (
    <main class="sign-in" id="main">
      <img src="/icon.svg" width="44" height="44" alt="" />
      <h1>Sign in to Crossdock</h1>
      <p>Get a one-time link where the hub runs, then open it or paste it here:</p>
      <pre>{COMMAND}</pre>
      {error && (
        <Notice tone="bad" title="That did not work.">
          {error}
        </Notice>
      )}
      <form
        onSubmit={event => {
          event.preventDefault()
          void signIn(text)
        }}
      >
        <label>
          Sign-in link
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            value={text}
            onInput={event => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={busy || text.trim() === ''}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <p class="fine">A link works once, for fifteen minutes. Admins make links for others the same way.</p>
    </main>
  )
}

/** People paste the whole link or only its token. */
function tokenIn(text: string): string {
  const given = text.trim()
  return URL.canParse(given) ? (new URL(given).searchParams.get('token') ?? given) : given
}
