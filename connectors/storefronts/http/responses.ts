import { asText, HTTP_RESPONSES, type ResponseRule, type ResponseTable, valueAt } from '../../sdk/index.ts'
import type { ResponseSetting, Settings } from './settings.ts'

/** The declared rows, then what HTTP itself says. */
export const responsesOf = ({ responses = [] }: Settings): ResponseTable => [
  ...responses.map(ruleOf),
  ...HTTP_RESPONSES,
]

function ruleOf({ status, pointer, equals, code }: ResponseSetting): ResponseRule {
  const rule = { status: statusOf(status), code }
  if (pointer === undefined) return rule
  return {
    ...rule,
    fingerprint: equals,
    body: body => {
      const value = valueAt(body, pointer)
      return equals === undefined ? value !== undefined : asText(value) === equals
    },
  }
}

/** The schema lets `4xx`, `422` and 422 through. */
const statusOf = (status: number | string): ResponseRule['status'] =>
  /^\d+$/.test(String(status)) ? Number(status) : (status as ResponseRule['status'])
