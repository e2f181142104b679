/// TFTP (RFC 1350, 2347, 2348, 2349, 7440) for a library: `docs/protocols/tftp.md`.
///
/// [usher.files.tftp.TftpProtocol] is served at UDP addresses; each transfer is a session with a
/// port of its own, and pure. [usher.files.tftp.client] is a client.
@org.jspecify.annotations.NullMarked
package usher.files.tftp;
