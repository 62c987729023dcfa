import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Manifest } from '../contracts/connector.ts'
import { HubError } from '../errors/hub-error.ts'
import { secretNames } from './oauth/token-set.ts'

const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats.default(ajv)

/** One compiled schema per manifest, for as long as the manifest lives. */
const compiled = new WeakMap<Manifest, ValidateFunction>()

/** Throws `INPUT_INVALID` that names every setting that does not fit the connector's schema. */
export function checkSettings(manifest: Manifest, settings: Record<string, unknown>): void {
  const validate = compiled.get(manifest) ?? ajv.compile(manifest.settings)
  compiled.set(manifest, validate)
  if (validate(settings)) return
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message }) => `settings${instancePath} ${message}`,
  )
  throw new HubError('INPUT_INVALID', { detail: `${problems.slice(0, 5).join('; ')}.` })
}

/** Throws for names that the connector does not know and, where the set must be complete, for required ones that lack and are not `given` by the app. */
export function checkSecretNames(
  manifest: Manifest,
  secrets: Record<string, unknown>,
  { complete, given = [] }: { complete: boolean; given?: readonly string[] },
): void {
  const names = secretNames(manifest)
  const unknown = Object.keys(secrets).filter(name => !names.has(name))
  if (unknown.length > 0)
    throw new HubError('INPUT_INVALID', { detail: `${manifest.name} knows no secret ${unknown.join(', ')}.` })
  const needed = Object.entries(manifest.secrets).filter(([, secret]) => secret.required)
  const missing = needed
    .map(([name]) => name)
    .filter(name => !given.includes(name) && (secrets[name] === null || (complete && !secrets[name])))
  if (missing.length > 0)
    throw new HubError('INPUT_INVALID', { detail: `Required secrets: ${missing.join(', ')}.` })
}
