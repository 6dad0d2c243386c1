// The admin API of a running server, as plain calls: for tests of what the API says itself.
export interface ApiAnswer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON, whatever it is
  readonly body: any
}

export async function callApi(port: number, call: string, body?: unknown): Promise<ApiAnswer> {
  const [method = 'GET', path = '/'] = call.split(' ')
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: await response.json() }
}
