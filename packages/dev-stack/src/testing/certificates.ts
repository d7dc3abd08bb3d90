import { generate } from 'selfsigned'

/** What a test's authority signed for a server: PEM texts. */
export type ServerCertificate = { key: string; certificate: string }

export type TestAuthority = {
  /** The authority's own certificate, PEM. */
  certificate: string
  sign(host: string): Promise<ServerCertificate>
}

/** As RFC 5280 numbers the kinds of names a certificate may hold. */
const dnsName = 2

/** Makes an authority of a test's own, which signs certificates that name one host. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  })
  return {
    certificate: authority.cert,
    async sign(host) {
      const signed = await generate([{ name: 'commonName', value: host }], {
        ca: { key: authority.private, cert: authority.cert },
        extensions: [{ name: 'subjectAltName', altNames: [{ type: dnsName, value: host }] }],
      })
      return { key: signed.private, certificate: signed.cert }
    },
  }
}
