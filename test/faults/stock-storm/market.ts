/** Units that exist, and what shops show and sold of them: looked at after everything that happens. */
export class Market {
  readonly #counted = new Map<string, number>()
  readonly #shows = new Map<string, Map<string, number>>()
  readonly #sold = new Map<string, number>()
  /** Moments at which more was shown and sold than there is. */
  readonly oversold: string[] = []
  writes = 0

  counted(sku: string): number {
    return this.#counted.get(sku) ?? 0
  }

  sold(sku: string): number {
    return this.#sold.get(sku) ?? 0
  }

  shown(sku: string): number {
    return [...this.#shows.values()].reduce((sum, shows) => sum + (shows.get(sku) ?? 0), 0)
  }

  /** Goods arrive. */
  restock(sku: string, units: number): void {
    this.#counted.set(sku, this.counted(sku) + units)
  }

  /** A shop is told what it may show. */
  write(shop: string, sku: string, figure: number): void {
    this.writes++
    const shows = this.#shows.get(shop) ?? new Map<string, number>()
    this.#shows.set(shop, shows.set(sku, figure))
    this.#look(sku, `${shop} was told to show ${figure}`)
  }

  /** A shop sells what it shows, and asks nobody; false where it shows less. */
  sell(shop: string, sku: string, units: number): boolean {
    const shows = this.#shows.get(shop)
    const left = shows?.get(sku) ?? 0
    if (!shows || left < units) return false
    shows.set(sku, left - units)
    this.#sold.set(sku, this.sold(sku) + units)
    this.#look(sku, `${shop} sold ${units}`)
    return true
  }

  #look(sku: string, what: string): void {
    const [shown, sold, counted] = [this.shown(sku), this.sold(sku), this.counted(sku)]
    if (shown + sold > counted)
      this.oversold.push(`${what}: ${shown} shown and ${sold} sold of ${counted} ${sku}`)
  }
}
