// A plugin of typedoc: guides are listed by their headings instead of by their paths.

/** @param {import('typedoc').Application} app */
export const load = (app) => {
  app.renderer.on('beginRender', ({ project }) => {
    for (const document of project.documents ?? []) {
      const heading = document.content.find(({ text }) => text.includes('# '))?.text;
      const title = /^# (.+)$/m.exec(heading ?? '')?.[1];
      if (title !== undefined) document.name = title;
    }
  });
};
