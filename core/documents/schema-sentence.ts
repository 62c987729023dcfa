import type { ErrorObject } from 'ajv/dist/2020.js'

/** One finding of Ajv as a pointer and a sentence that names it. Values are never repeated: they may be personal data. */
export function sentenceOf(error: ErrorObject): { pointer: string; sentence: string } {
  const pointer = pointerOf(error)
  const say = SENTENCES[error.keyword]
  return { pointer, sentence: `${pointer || 'The document'} ${say ? say(error) : `${error.message}.`}` }
}

const SENTENCES: Record<string, (error: ErrorObject) => string> = {
  required: () => 'is missing.',
  additionalProperties: () => 'is not a field of this document.',
  type: error => `must be ${[error.params['type']].flat().join(' or ')}, but is ${kindOf(error.data)}.`,
  enum: error => `must be one of ${(error.params['allowedValues'] as string[]).join(', ')}.`,
  pattern: error => `is not a valid ${nameOf(error)}${hintOf(error)}.`,
  format: error => `is not a valid ${error.params['format']}.`,
  minLength: () => 'must not be empty.',
  maxLength: error => `must have at most ${error.params['limit']} characters.`,
}

/** The pointer of the field itself: Ajv names the object around a missing or unknown member. */
function pointerOf(error: ErrorObject): string {
  const member = error.params['missingProperty'] ?? error.params['additionalProperty']
  if (typeof member !== 'string') return error.instancePath
  return `${error.instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const nameOf = (error: ErrorObject): string => String(error.parentSchema?.['title'] ?? 'value').toLowerCase()

function hintOf(error: ErrorObject): string {
  const description = error.parentSchema?.['description']
  return typeof description === 'string' ? `: ${description.replace(/\.$/, '')}` : ''
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
