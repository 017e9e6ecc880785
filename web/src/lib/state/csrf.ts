/** The token of this browser's session, sent with each change. Never written while pages are rendered on the server. */
let token: string | null = null;

export function keepCsrfToken(given: string | null): void {
  token = given;
}

export function csrfToken(): string | null {
  return token;
}
