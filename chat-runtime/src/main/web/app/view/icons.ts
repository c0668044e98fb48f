const PATHS = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3.4 10.2 15 12 3.4 13.8z',
  attach: 'M16.5 6v11.2a4.2 4.2 0 0 1-8.4 0V5.6a2.8 2.8 0 0 1 5.6 0v10.6a1.4 1.4 0 0 1-2.8 0V6.6H9.4v9.6a2.9 2.9 0 0 0 5.8 0V5.6a4.3 4.3 0 0 0-8.6 0v11.6a5.7 5.7 0 0 0 11.4 0V6z',
  smile: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18.3a8.3 8.3 0 1 1 0-16.6 8.3 8.3 0 0 1 0 16.6zM8.6 10.7a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6zm6.8 0a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6zM12 17.3c2.2 0 4-1.3 4.8-3.3H7.2c.8 2 2.6 3.3 4.8 3.3z',
  plus: 'M11 4.5h2V11h6.5v2H13v6.5h-2V13H4.5v-2H11z',
  back: 'M15.6 4.6 17 6l-6 6 6 6-1.4 1.4L8.2 12z',
  down: 'M12 16.4 4.6 9 6 7.6l6 6 6-6L19.4 9z',
  close: 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4L12 13.4 6.4 19 5 17.6l5.6-5.6L5 6.4z',
  reply: 'M10 8.2V4.5L3.5 11l6.5 6.5v-3.8c4.6 0 7.9 1.5 10.2 4.8-.9-4.8-3.7-9.4-10.2-10.3z',
  edit: 'M4 16.9V20h3.1L16.9 10.2l-3.1-3.1zM19.6 7.5c.3-.3.3-.9 0-1.2l-1.9-1.9a.9.9 0 0 0-1.2 0L15 5.9 18.1 9z',
  trash: 'M6.5 19c0 1 .9 1.9 1.9 1.9h7.2c1 0 1.9-.9 1.9-1.9V7.7h-11zM19 4.8h-3.5l-1-1h-5l-1 1H5v1.9h14z',
  copy: 'M15.8 2.5H5.6c-.9 0-1.6.7-1.6 1.6v11.2h1.6V4.1h10.2zm2.4 3.2H8.8c-.9 0-1.6.7-1.6 1.6v12.6c0 .9.7 1.6 1.6 1.6h9.4c.9 0 1.6-.7 1.6-1.6V7.3c0-.9-.7-1.6-1.6-1.6zm0 14.2H8.8V7.3h9.4z',
  info: 'M11 10.5h2V17h-2zm0-3.7h2v2h-2zM12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18.2a8.2 8.2 0 1 1 0-16.4 8.2 8.2 0 0 1 0 16.4z',
  check: 'M9 16.6 4.8 12.4l-1.4 1.4L9 19.4 20.6 7.8l-1.4-1.4z',
  checks: 'M17.2 7.2 15.8 5.8 9.6 12l1.4 1.4zM21.4 5.8 11 16.2l-4-4-1.4 1.4L11 19 22.8 7.2zM.4 13.6 5.8 19l1.4-1.4-5.4-5.4z',
  clock: 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zm0 17.2a7.7 7.7 0 1 1 0-15.4 7.7 7.7 0 0 1 0 15.4zm.6-12.4h-1.5v5.4l4.6 2.8.8-1.3-3.9-2.3z',
  warning: 'M12 2.5 1.5 20.5h21zm1 14.8h-2v-2h2zm0-3.6h-2V9.2h2z',
  search: 'M15.3 14h-.7l-.3-.3a6 6 0 1 0-.6.6l.3.3v.7l4.6 4.6 1.4-1.4zm-5.5 0a4.2 4.2 0 1 1 0-8.4 4.2 4.2 0 0 1 0 8.4z',
  file: 'M14 2.5H6.4c-1 0-1.9.9-1.9 1.9v15.2c0 1 .9 1.9 1.9 1.9h11.2c1 0 1.9-.9 1.9-1.9V8zm-.7 6.3V4.2l4.6 4.6z',
  muted: 'M16 12a4 4 0 0 0-2-3.5v2l2 2zm2 0c0 .8-.2 1.5-.4 2.2l1.2 1.2A8 8 0 0 0 14 4.3v1.9A6 6 0 0 1 18 12zM4.3 3 3 4.3 7.7 9H3v6h4l5 5v-6.7l4.2 4.2a6 6 0 0 1-2.2 1.2v1.9a8 8 0 0 0 3.7-1.8l2 2.1 1.3-1.3zM12 4 9.9 6.1 12 8.2z',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** A decoration: what it stands for is said by text beside it or by its button's label. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
