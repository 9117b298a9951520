const http = require('node:http');
const mustache = require('mustache');

const api = process.env.API_URL;
const page = '<h1>Harbour Books</h1><ul>{{#books}}<li>{{title}}, {{price}}</li>{{/books}}</ul>';

http.createServer(async (request, response) => {
  const books = await (await fetch(`${api}/books`)).json();
  response.end(mustache.render(page, { books }));
}).listen(3000);
