/**
 * One generated function: its constants, helpers and names. Text of the source enters the code only through
 * `text` (JSON) or `constant`; every identifier is made here. Nothing else may write to it.
 */
export class Unit<Helper extends string> {
  readonly constants: unknown[] = []
  readonly #known = new Map<unknown, string>()
  readonly #helpers = new Set<string>()
  readonly #shapes: string[] = []
  #count = 0

  /** A value that the code refers to: `k0`, `k1` … */
  constant(value: unknown): string {
    const known = this.#known.get(value)
    if (known) return known
    const name = `k${this.constants.push(value) - 1}`
    this.#known.set(value, name)
    return name
  }

  /** Text of the source as a JavaScript literal. */
  text(value: string): string {
    return JSON.stringify(value)
  }

  /** A member access by a name of the source. */
  member(object: string, name: string): string {
    return `${object}[${JSON.stringify(name)}]`
  }

  helper(name: Helper): string {
    this.#helpers.add(name)
    return `R_${name}`
  }

  /**
   * Code that makes an empty object with room for these members. V8 gives an object the room that its constructor's
   * assignments to `this` announce; the members then stand in the object itself, as in a literal.
   */
  object(members: readonly string[]): string {
    const name = this.name('S')
    const announced = members.map(member => `${this.member('this', member)} = 0;`).join('')
    this.#shapes.push(
      `function ${name}(never) { if (never) { ${announced} } } ${name}.prototype = Object.prototype;`,
    )
    return `new ${name}()`
  }

  /** A new identifier. */
  name(prefix: string): string {
    return `${prefix}${++this.#count}`
  }

  /** The generated function, built from the body's code; `R` are the helpers, `K` the constants. */
  build(helpers: Readonly<Record<Helper, unknown>>, body: string): unknown {
    const used = [...this.#helpers].map(name => `const R_${name} = R.${name};`)
    const constants = this.constants.map((_, index) => `const k${index} = K[${index}];`)
    const code = `"use strict";\n${used.join('')}${constants.join('')}${this.#shapes.join('')}\nreturn ${body}`
    return new Function('R', 'K', code)(helpers, this.constants) as unknown
  }
}

/** The local variables of one generated function. */
export class Frame {
  readonly locals: string[] = []

  local(name: string): string {
    this.locals.push(name)
    return name
  }

  /** Declares the locals; to be asked for when the body is complete. */
  get head(): string {
    return this.locals.length > 0 ? `let ${this.locals.join(', ')};` : ''
  }
}
