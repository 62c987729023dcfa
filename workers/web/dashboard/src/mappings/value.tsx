const LONGEST = 160

/** A leaf as JSON, cut where it is long. `undefined` is a leaf that is not there. */
export function Value({ value }: { value: unknown }) {
  if (value === undefined) return <em class="absent">absent</em>
  const text = JSON.stringify(value)
  return <code title={text.length > LONGEST ? text : undefined}>{shortened(text)}</code>
}

export const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
