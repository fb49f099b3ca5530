export type Theme = 'system' | 'light' | 'dark';

const chosen = 'graphrisk.theme';

export function currentTheme(): Theme {
  const kept = localStorage.getItem(chosen);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

/** Puts a theme on; the system's own where none was chosen. */
export function wear(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(chosen);
    document.documentElement.removeAttribute('data-theme');
  } else {
    localStorage.setItem(chosen, theme);
    document.documentElement.dataset.theme = theme;
  }
  dispatchEvent(new Event('graphrisk-theme'));
}

/** The colours of the theme that is on, by their names in base.css, for what is drawn on a canvas. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
