export { type Database, type DatabaseOptions, type Executor, openDatabase } from './connect.ts'
export { Prisma, type PrismaClient } from './generated/client.ts'
export { migrate } from './migrate.ts'
