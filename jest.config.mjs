export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/packages/dev-stack/src/testing/jest-global-setup.ts',
  globalTeardown: '<rootDir>/packages/dev-stack/src/testing/jest-global-teardown.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  testMatch: ['<rootDir>/packages/**/*.test.ts', '<rootDir>/services/**/*.test.ts', '<rootDir>/e2e/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/\\.data/', '<rootDir>/docker/out/'],
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
}
