import { createSettlements } from '#core/settlements/settlements.ts'
import type { Handler } from '../route.ts'
import { visible } from '../scope.ts'

export const getSettlement: Handler = async (call, { store }) => {
  const found = await createSettlements(store).show(call.params['id']!)
  const { attention, ...report } = visible(call, found && { ...found.report, attention: found.attention })
  return { ...report, attention }
}
