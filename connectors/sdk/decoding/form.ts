import { HubError } from '#core/errors/hub-error.ts'
import { decodeText } from './text.ts'

/** `application/x-www-form-urlencoded`: a name given twice is a list. The object has no prototype to write into. */
export function decodeForm(bytes: Uint8Array): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(decodeText(bytes))) {
    const known = form[name]
    form[name] = known === undefined ? value : [known, value].flat()
  }
  if (Object.keys(form).length === 0) throw new HubError('BODY_UNREADABLE', { detail: 'The form is empty.' })
  return form
}
