import type { Stock, StockItem } from '../../contracts/store.ts'
import { type Answer, Batches } from '../../kernel/batches.ts'
import { type Reduce, reduceStock, type StockRecord, visibleStock } from '../stock-rules.ts'
import type { Table } from './table.ts'

type Changed = Awaited<ReturnType<Stock['change']>>

interface Asked {
  id: string
  reduce: Reduce
}

/** The statements under these are bounded in number and in time. */
const MAX_RUNNING = 16

/**
 * Changes of one item that are asked for at the same time are decided one after the other and written once: an item that
 * a whole crowd buys does not cost a round trip for each of them.
 */
export function stockChanges(table: Table<StockRecord>): Batches<Asked, Changed> {
  async function run(asked: readonly Asked[]): Promise<(index: number) => Answer<Changed>> {
    const answers = new Map<Asked, Answer<Changed>>()
    const changeOne = async ([id, group]: [string, Asked[]]): Promise<void> => {
      const given = await changeTogether(table, id, group).catch((error: unknown) =>
        group.map(() => ({ error })),
      )
      for (const [index, one] of group.entries()) answers.set(one, given[index]!)
    }
    await Promise.all([...Map.groupBy(asked, ({ id }) => id)].map(changeOne))
    return index => answers.get(asked[index]!)!
  }

  return new Batches({ run, recordOf: ({ id }) => id, maxRunning: MAX_RUNNING })
}

async function changeTogether(
  table: Table<StockRecord>,
  id: string,
  asked: readonly Asked[],
): Promise<Answer<Changed>[]> {
  let answers: Answer<Changed>[] = []
  await table.change({
    id,
    rule(stored) {
      let stands = stored
      answers = asked.map(({ reduce }) => {
        try {
          const changed = reduceStock(stands, id, reduce)
          stands = changed ?? stands
          return { result: { changed: changed !== null, item: itemOrNull(stands) } }
        } catch (error) {
          return { error }
        }
      })
      return stands
    },
  })
  return answers
}

const itemOrNull = (record: StockRecord | null): StockItem | null => record && visibleStock(record)
