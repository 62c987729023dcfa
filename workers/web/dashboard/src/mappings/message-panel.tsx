import type { MessageRow } from '../api/mapping-types.ts'
import { CodeEditor } from '../editor/code-editor.tsx'
import { formatInstant, timeOf } from '../format.ts'
import type { SubjectChoice } from './use-subject.ts'

interface MessagePanelProps {
  choice: SubjectChoice
  marked: readonly number[]
  onRun(): void
}

const PASTED = 'pasted'

export function MessagePanel({ choice, marked, onRun }: MessagePanelProps) {
  const { messages, subject, text, masked, error } = choice
  const pasting = subject?.kind === 'pasted'
  return (
    <section class="panel bench-message" aria-labelledby="message-title">
      <header class="panel-head bench-head">
        <h2 id="message-title">Message</h2>
        <select
          aria-label="Message"
          value={subject?.kind === 'stored' ? subject.id : PASTED}
          onChange={({ currentTarget: { value } }) => choice.choose(value === PASTED ? null : value)}
        >
          {messages?.map(message => (
            <option key={message.id} value={message.id}>
              {labelOf(message)}
            </option>
          ))}
          <option value={PASTED}>Paste or edit JSON</option>
        </select>
      </header>
      {error && (
        <p role="alert" class="bench-note bad">
          {error}
        </p>
      )}
      {messages?.length === 0 && !error && (
        <p class="bench-note">No message of this mapping’s topics is stored yet. Paste one below.</p>
      )}
      {masked && <p class="bench-note">Personal data is hidden for your role.</p>}
      <CodeEditor
        label={pasting ? 'Pasted message' : 'Stored message'}
        language="json"
        text={text}
        marked={marked}
        readOnly={!pasting}
        onChange={pasting ? choice.paste : undefined}
        onRun={onRun}
      />
    </section>
  )
}

const labelOf = ({ topic, receivedAt, state }: MessageRow): string =>
  `${formatInstant(timeOf(receivedAt))} · ${topic} · ${state}`
