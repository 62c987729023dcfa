import { readFile } from 'node:fs/promises'
import type { Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Call } from './command.ts'
import { readSettings } from './connection-input.ts'
import type { Payload } from './map-payload.ts'

/** The payload that a command line names, with the topic and the settings that it comes under. */
export async function readPayload(
  { options, world }: Pick<Call, 'options' | 'world'>,
  plan: Plan,
  file: string,
): Promise<Required<Payload>> {
  return {
    topic: (options['topic'] as string | undefined) ?? plan.topics[0] ?? '',
    settings: readSettings(options['set'] as string[] | undefined),
    body: file === '-' ? await world.readStdin() : await readPayloadFile(file),
  }
}

async function readPayloadFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EISDIR') throw cause
    throw new HubError('INPUT_INVALID', { detail: `There is no file “${file}”.`, cause })
  }
}
