import type { Channel } from './channel.ts'
import { bigcommerceChannel } from './channels/bigcommerce.ts'
import { ebayChannel } from './channels/ebay.ts'
import { shopifyChannel } from './channels/shopify.ts'
import { squareChannel } from './channels/square.ts'
import { woocommerceChannel } from './channels/woocommerce.ts'
import type { Run } from './run.ts'
import { tillOf, withTill } from './shelf.ts'
import type { LookedInto } from './way-back.ts'

/** All of them, with tills at their shelves; those by name can be looked into. */
export async function openChannels(
  run: Run,
  hubUrl: string,
): Promise<{ channels: Channel[]; shopify: LookedInto; big: LookedInto }> {
  const [shopify, woo, big, square, ebay] = await Promise.all([
    shopifyChannel(run).then(refunding),
    woocommerceChannel(run).then(one => withTill(one)),
    bigcommerceChannel(run).then(refunding),
    squareChannel(run, hubUrl).then(one => withTill(one)),
    ebayChannel(run).then(one => withTill(one)),
  ])
  return { channels: [shopify, woo, big, square, ebay], shopify, big }
}

/** What comes back lies on the shelf again only where the shop says so. */
function refunding(channel: LookedInto): LookedInto {
  const till = tillOf(channel)
  return {
    ...withTill(channel, till),
    refund(id) {
      const refund = channel.refund(id)
      if (refund.restocked) till.settle()
      else till.skip()
      return refund
    },
  }
}
