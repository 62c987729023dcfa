/** Writes every generated file, or with `--check` names those that differ from what would be written. */
import { readFileSync, writeFileSync } from 'node:fs'
import { configReference } from '#config/reference.ts'
import { errorReference } from '#core/errors/reference.ts'
import { metricsReference } from '#core/health/metrics.ts'
import { commandsReference } from '#workers/cli/reference.ts'
import { openApiYaml } from '#workers/web/api/openapi.ts'
import { ROUTES } from '#workers/web/api/routes.ts'
import { generateFileSchemas } from './generate-file-schemas.ts'
import { generateTypes } from './generate-types.ts'

/** Path → text. The architecture tests compare the same list. */
export async function generatedFiles(): Promise<Record<string, string>> {
  return {
    'config/REFERENCE.md': configReference(),
    'core/errors/ERRORS.md': errorReference(),
    'core/health/METRICS.md': metricsReference(),
    'workers/cli/COMMANDS.md': commandsReference(),
    'workers/web/openapi.yaml': openApiYaml(ROUTES),
    ...(await generateFileSchemas()),
    ...(await generateTypes()),
  }
}

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

if (import.meta.main) {
  const files = Object.entries(await generatedFiles())
  const stale = files.filter(([path, text]) => readOrEmpty(path) !== text)
  if (!process.argv.includes('--check')) for (const [path, text] of stale) writeFileSync(path, text)
  for (const [path] of stale)
    console.log(`${process.argv.includes('--check') ? 'differs' : 'wrote'}: ${path}`)
  if (process.argv.includes('--check') && stale.length > 0) {
    console.log('Run `npm run generate`.')
    process.exitCode = 1
  }
}
