import type { Plan } from '#core/contracts/mapper.ts'

export const mappingView = ({ id, version, connector, topics, target, tables, interpreted }: Plan) => ({
  ...{ id, version, connector, topics, target, tables },
  interpreted: interpreted.length,
})
