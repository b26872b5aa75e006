// What Vite adds to imports: addresses of files, style sheets, workers.
/// <reference types="vite/client" />
