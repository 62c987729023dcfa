import vm from 'node:vm'
import { TestEnvironment } from 'jest-environment-node'

/**
 * Jest's own environment on a global object as Node itself has one. Jest asks for one that hands every look at `Array` or
 * `Object` to a handler written in JavaScript: a hundred times slower, and what counts and compiles took twice as long in
 * tests as in the hub. No test and no code of the hub knows the difference.
 */
export default class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(config, context)
    } finally {
      vm.createContext = createContext
    }
    // Built once by the real process and kept there; the copy that tests see would build it again for every HTTP request.
    Object.defineProperty(this.global.process, 'allowedNodeEnvironmentFlags', {
      get: () => process.allowedNodeEnvironmentFlags,
    })
  }
}
