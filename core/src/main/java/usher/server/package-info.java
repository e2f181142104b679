/// Servers: an [usher.server.Address], a [usher.session.Protocol] and a [usher.server.Model] make a
/// [usher.server.Server].
@org.jspecify.annotations.NullMarked
package usher.server;
