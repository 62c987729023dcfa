import { HubError } from '#core/errors/hub-error.ts'
import type { Run } from '../../command.ts'
import { openMappings } from '../../mapping-folder.ts'
import { mappingsToTest, testMappings } from '../../test-mappings.ts'
import { shownFor } from '../../text/shown-for.ts'
import { testedText } from '../../text/tested-text.ts'
import { watchTests } from '../../watch-tests.ts'

export const test: Run = async call => {
  const { args, options } = call
  if (options['watch'] === true) {
    if (options['json'] === true)
      throw new HubError('INPUT_INVALID', { detail: '--json prints one value, and --watch goes on.' })
    await watchTests(call)
    return { json: null, text: '' }
  }
  const folder = await openMappings(options)
  const tested = testMappings(folder, mappingsToTest(folder, args))
  const failed = tested.failed > 0 || tested.problems.length > 0
  return { json: tested, text: testedText(tested, shownFor(call)), failed }
}
