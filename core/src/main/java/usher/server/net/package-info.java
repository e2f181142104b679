/// Listening sockets and sockets for datagrams. Not exported.
@org.jspecify.annotations.NullMarked
package usher.server.net;
