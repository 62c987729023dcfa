import type { JsonSchema } from '#core/contracts/connector.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { compileFlows } from '#core/sync/flows.ts'
import type { Inspect } from '#core/sync/interpret.ts'
import { planDeliveries } from '#core/sync/plan.ts'
import type { PlanDeliveries } from '#core/sync/wanted.ts'
import type { Base } from './base.ts'

/** What is asked of every document, whoever makes it: does it fit, and where does it go. */
export interface Documents {
  inspect: Inspect
  planDeliveries: PlanDeliveries
}

export function composeDocuments(
  base: Pick<Base, 'config' | 'directory' | 'connectors'>,
  schemas: Readonly<Record<string, JsonSchema>>,
): Documents {
  const validator = createValidator(schemas)
  const flows = compileFlows(base.config.flows)
  const kindOf = (connector: string): string => base.connectors.get(connector)?.manifest.kind ?? 'erp'

  return {
    inspect(resource, body) {
      const problems = validator.validate(resource, body)
      return problems.length > 0 ? problems : checkInvariants(resource, body)
    },
    async planDeliveries(document) {
      const endpoints = (await base.directory.list()).map(({ id, tenant, connector }) => ({
        ...{ id, tenant, connector, kind: kindOf(connector) },
      }))
      return planDeliveries(document, flows, endpoints)
    },
  }
}
