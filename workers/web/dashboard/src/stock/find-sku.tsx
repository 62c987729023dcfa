import { useState } from 'preact/hooks'

/** Looks for one SKU; an empty field shows all again. */
export function FindSku({ onFind }: { onFind(sku: string): void }) {
  const [text, setText] = useState('')
  return (
    <search>
      <form
        class="find-sku"
        onSubmit={event => {
          event.preventDefault()
          onFind(text.trim())
        }}
      >
        <label>
          <span class="hidden">SKU</span>
          <input
            type="search"
            placeholder="SKU"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <button type="submit">Find</button>
      </form>
    </search>
  )
}
