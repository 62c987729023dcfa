import type { Run } from '../../command.ts'
import { contextOf, createJudge, decodePayload } from '../../map-payload.ts'
import { openMappings } from '../../mapping-folder.ts'
import { mappingNamed } from '../../mapping-named.ts'
import { readPayload } from '../../read-payload.ts'
import { mappedText } from '../../text/mapped-text.ts'

export const run: Run = async call => {
  const { args, options } = call
  const [name = '', file = ''] = args
  const folder = await openMappings(options, { named: name })
  const { plan, name: mapping } = mappingNamed(folder, name)
  const payload = await readPayload(call, plan, file)
  const { topic, records } = await decodePayload(plan, payload)
  const judge = createJudge(folder, plan)
  const context = contextOf({ ...payload, topic })
  const mapped = records.map(record => judge(folder.mapper.run(plan, record, context)))
  return {
    json: { mapping, version: plan.version, topic, records: mapped },
    text: mapped.map(one => mappedText(one, { folder, plan })).join('\n'),
    failed: mapped.some(one => 'problems' in one),
  }
}
