import pg from 'pg'

export type Contents = Record<string, string[]>

/** Every row of every table and the state of every sequence, as text; the queue's own are left out. */
export async function contentsOf(url: string): Promise<Contents> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
    )
    const contents: Contents = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)
      contents[name] = rows.map(({ row }) => row)
    }
    const { rows: sequences } = await client.query<{ row: string }>(
      `select sequencename || ' ' || coalesce(last_value::text, 'unused') as row from pg_sequences where schemaname = 'public' order by 1`,
    )
    return { ...contents, sequences: sequences.map(({ row }) => row) }
  } finally {
    await client.end()
  }
}

/** The first row of what a statement gives, asked on a connection of its own. */
export async function one<T extends pg.QueryResultRow>(url: string, sql: string, ...values: unknown[]): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql, values)).rows[0]
  } finally {
    await client.end()
  }
}
