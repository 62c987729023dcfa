import {
  createShopifySimulator,
  type ShopifySimulator,
  type ShopifySimulatorOptions,
} from '#connectors/storefronts/shopify/simulator.ts'
import { connection, context, eagerClock, SECRET, SHOP, seeded, type TestContext } from './context.ts'

export interface OpenShop {
  shop: ShopifySimulator
  polling: TestContext
  /** Moves the clock of shop and hub. */
  advance: (ms: number) => void
  close: () => Promise<void>
}

/** A simulated shop on a port of its own, and a context that is connected to it. */
export async function openShop(over: Partial<ShopifySimulatorOptions> = {}): Promise<OpenShop> {
  const clock = eagerClock()
  let shift = 0
  const moved = { ...clock, now: () => clock.now() + shift }
  const shop = createShopifySimulator({ clock: moved, random: seeded(), shop: SHOP, secret: SECRET, ...over })
  const apiBaseUrl = await shop.listen()
  const polling = context(moved, connection({ settings: { apiBaseUrl } }))
  return {
    shop,
    polling,
    advance: ms => {
      shift += ms
    },
    close: async () => {
      polling.close()
      await shop.close()
    },
  }
}
