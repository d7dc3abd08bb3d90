// Asked by a container engine: exits 0 if the address in the first argument answers with success. Without one: is the service alive?
const url = process.argv[2] ?? `http://127.0.0.1:${process.env.ADMIN_PORT || 9090}/livez`
const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) }).catch(error => ({ ok: false, status: error.message }))
if (!answer.ok) process.stderr.write(`${url}: ${answer.status}\n`)
process.exit(answer.ok ? 0 : 1)
