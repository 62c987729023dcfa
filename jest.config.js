export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/data/', '/dist/'],
  testTimeout: 20_000,
  // Module graphs of finished files stay in memory under ESM: workers are recycled instead.
  maxWorkers: 2,
  workerIdleMemoryLimit: '600MB',
}
