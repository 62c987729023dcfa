import { HubError } from '../../sdk/index.ts'

/** What stands for a placeholder; undefined where there is nothing yet. */
export type Values = (name: string) => string | undefined

const PLACEHOLDER = /\{([^{}]+)\}/g

/** A path with its placeholders filled in and encoded: no id can lead out of the path. */
export function fillPath(template: string, values: Values): string {
  return template.replace(PLACEHOLDER, (_whole, name: string) => {
    const value = values(name)
    if (value !== undefined && value !== '.' && value !== '..') return encodeURIComponent(value)
    throw new HubError('MAPPING_MISSING', {
      detail: `The path \`${template}\` needs {${name}}, and it is not there.`,
      fingerprint: template,
    })
  })
}

/** Parameters; one whose placeholder has no value is left out. */
export function fillQuery(
  query: Readonly<Record<string, string>>,
  values: Values,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(query).map(([name, template]) => [name, fill(template, values)]))
}

function fill(template: string, values: Values): string | undefined {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
  if (names.some(name => values(name) === undefined)) return undefined
  return template.replace(PLACEHOLDER, (_whole, name: string) => values(name) ?? '')
}
