// Elements of index.html, in their types.

/** The element with this id; the page is broken without it. */
export const byId = <E extends HTMLElement>(id: string, type: new () => E): E => {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`Expected index.html to have a ${type.name} with the id '${id}'.`);
};
