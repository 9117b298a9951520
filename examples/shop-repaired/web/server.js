const http = require('node:http');
const mustache = require('mustache');

const api = process.env.API_URL;
const page = '<h1>Harbour Books</h1><ul>{{#books}}<li>{{title}}, {{price}}</li>{{/books}}</ul>';

const server = http.createServer(async (request, response) => {
  if (request.url === '/health') return response.end('ok');
  try {
    const books = await (await fetch(`${api}/books`)).json();
    response.end(mustache.render(page, { books }));
  } catch (error) {
    console.error(error);
    response.writeHead(502).end('The shelves cannot be reached.');
  }
});
server.listen(3000);

// Process 1 gets no default handlers: without this, every stop takes until the runtime loses patience.
process.on('SIGTERM', () => server.close(() => process.exit(0)));
