export { mintToken } from './mint-token.ts'
export { AUDIENCE, type Person, people, WEB_CLIENT } from './people.ts'
export { type IdentityProvider, startIdentityProvider } from './server.ts'
