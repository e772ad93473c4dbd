// A real SMTP server for the tests of the outbox. Asks for STARTTLS and a password; prints its port, then each message it took as a line of JSON. What it does depends
// on the recipient: refuse@ 550, later@ 451, drop@ takes the message and hangs up without a word.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [key, certificate] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const refusal = (code, message) => Object.assign(new Error(message), { responseCode: code });

const server = new SMTPServer({
  key: readFileSync(key),
  cert: readFileSync(certificate),
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth(auth, session, done) {
    const right = session.secure && auth.username === 'waymark' && auth.password === 'p@ss word';
    done(right ? null : refusal(535, 'Wrong name or password'), right ? { user: auth.username } : undefined);
  },
  onRcptTo(address, session, done) {
    done(address.address.startsWith('refuse@') ? refusal(550, 'No such mailbox') : address.address.startsWith('later@') ? refusal(451, 'Try again later') : null);
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map((r) => r.address);
      say({ secure: session.secure, user: session.user, from: session.envelope.mailFrom.address, to, data: Buffer.concat(parts).toString('base64') });
      if (to[0].startsWith('drop@')) {
        for (const connection of server.connections) {
          connection._socket.destroy();
        }
      } else {
        done();
      }
    });
  },
});
server.on('error', (fault) => process.stderr.write(`${fault.message}\n`));
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
