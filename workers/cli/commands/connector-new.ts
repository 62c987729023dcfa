import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONNECTORS } from '#connectors/registry.ts'
import { KIND_FOLDERS, type NewConnector, scaffold } from '#connectors/sdk/testkit/templates/scaffold.ts'
import type { ConnectorKind } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Run } from '../command.ts'

const PROJECT = join(import.meta.dirname, '../../..')

/** Writes the folder of a new connector and says what comes next. */
export const create: Run = async ({ args, options }) => {
  const wanted = named(args[0] ?? '')
  const root = typeof options['into'] === 'string' ? options['into'] : PROJECT
  const files = scaffold(wanted)
  const taken = Object.keys(files).filter(path => existsSync(join(root, path)))
  if (taken.length > 0) throw new HubError('STATE_CONFLICT', { detail: `“${taken[0]}” is already there.` })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return {
    json: { ...wanted, files: Object.keys(files) },
    text: [...Object.keys(files), '', ...nextSteps(wanted)].join('\n'),
  }
}

function named(text: string): NewConnector {
  const [, folder = '', id = ''] = /^([a-z]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(text) ?? []
  const kind = (Object.keys(KIND_FOLDERS) as ConnectorKind[]).find(
    one => one === folder || KIND_FOLDERS[one] === folder,
  )
  if (!kind)
    throw new HubError('INPUT_INVALID', {
      detail: `“${text}” is no <kind>/<id>: the kinds are ${Object.keys(KIND_FOLDERS).join(', ')}, and an id is in kebab case.`,
    })
  if (CONNECTORS.some(({ manifest }) => manifest.id === id))
    throw new HubError('STATE_CONFLICT', { detail: `There is a connector “${id}” already.` })
  return { kind, id }
}

const nextSteps = ({ kind, id }: NewConnector): string[] => [
  'Next:',
  `  1. List it in connectors/registry.ts: import it from ./${KIND_FOLDERS[kind]}/${id}/connector.ts.`,
  `  2. npm run -s hub -- connector test ${id}     says, check by check, what is not done yet.`,
  '  3. manifest.ts and receive.ts first, then samples in conformance.ts and the mapping,',
  '     then simulator.ts with poll.ts and probe.ts; push.ts and subscribe.ts where the partner has them.',
  '  4. npm run generate, then npm test -- test/conformance test/architecture',
]
