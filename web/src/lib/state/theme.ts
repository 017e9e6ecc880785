type Theme = 'auto' | 'light' | 'dark';

/** The theme of this page; the server wrote it into the document from the visitor's cookie. */
export function chosenTheme(): Theme {
  const theme = typeof document === 'undefined' ? undefined : document.documentElement.dataset.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

/** Shows a theme and keeps it for a year. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  document.cookie = `kboss_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}
