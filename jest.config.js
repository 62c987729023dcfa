import { availableParallelism } from 'node:os'

export default {
  testEnvironment: '<rootDir>/test/support/test-environment.js',
  testSequencer: '<rootDir>/test/support/test-sequencer.js',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/data/', '/dist/'],
  // Ends what hangs; a machine with other work is slow, and slow is not wrong.
  testTimeout: 60_000,
  // Half of a long file's time it waits for a server, so there is one worker more than processors.
  maxWorkers: Math.min(availableParallelism() + 1, 8),
  // Module graphs of finished files stay in memory under ESM: workers are recycled instead.
  workerIdleMemoryLimit: '600MB',
}
