// What the application meets outside: a provider of OpenID Connect and a mail server, the real ones of npm. The first argument is the
// folder with node_modules. Prints their ports as JSON. POST /control sets who signs in next; GET /mails gives what was sent.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = path.resolve(process.argv[2], 'node_modules');
const { default: Provider } = await import(pathToFileURL(path.join(modules, 'oidc-provider', 'lib', 'index.js')));
const { SMTPServer } = createRequire(path.join(modules, 'x'))('smtp-server');

const people = new Map();
const mails = [];
let next = { sub: 'nobody' };

function provide(port) {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: 'playbooks', client_secret: 'a-secret-of-the-client', redirect_uris: ['http://localhost/callback'] }],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['a-key-of-the-tests'] },
  });
  // On whichever port the application listens.
  provider.Client.prototype.redirectUriAllowed = () => true;
  provider.use(async (context, proceed) => {
    if (!context.path.startsWith('/interaction/')) return proceed();

    const { prompt, params, session } = await provider.interactionDetails(context.req, context.res);
    let result;
    if (next.refuses) result = { error: 'access_denied', error_description: 'No.' };
    else if (prompt.name === 'login') {
      people.set(next.sub, next);
      result = { login: { accountId: next.sub } };
    } else {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
      grant.addOIDCScope('openid profile email');
      result = { consent: { grantId: await grant.save() } };
    }
    context.respond = false;
    await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: prompt.name !== 'login' });
  });
  return provider.callback();
}

const read = (stream) => new Promise((resolve, reject) => {
  const parts = [];
  stream.on('data', (part) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts).toString('utf8'))).on('error', reject);
});

const listen = (server) => new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server.address().port)));

async function control(request, response) {
  if (request.method === 'POST') next = JSON.parse(await read(request));
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(mails));
}

let provider;
const web = createServer((request, response) => (request.url.startsWith('/control') ? control(request, response) : provider(request, response)));
const webPort = await listen(web);
provider = provide(webPort);

const mail = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onAuth: (auth, _, done) => (auth.username === 'mailer' && auth.password === 'p@ss word' ? done(null, { user: 'mailer' }) : done(new Error('wrong'))),
  onData: async (stream, session, done) => {
    mails.push({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((to) => to.address), user: session.user ?? null, text: await read(stream) });
    done();
  },
});
const mailPort = await new Promise((resolve) => {
  const server = mail.listen(0, 'localhost', () => resolve(server.address().port));
});
console.log(JSON.stringify({ web: webPort, mail: mailPort }));
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
