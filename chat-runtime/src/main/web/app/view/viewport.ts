/** Where a keyboard on the screen lies over the page instead of leaving it less room, as on iOS, the page takes less by itself. */
export function fitViewport(): void {
  const view = visualViewport;
  if (!view) return;
  const { style } = document.documentElement;
  const fit = (): void => {
    // Who has zoomed in sees a part of the page, and moves over it.
    const covered = view.scale === 1 && view.height < document.documentElement.clientHeight - 1;
    style.setProperty('--view', covered ? `${view.height}px` : '100dvh');
    style.setProperty('--view-top', covered ? `${view.offsetTop}px` : '0px');
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
}
