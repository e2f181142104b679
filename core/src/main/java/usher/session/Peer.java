package usher.session;

/// The two ends of a connection, as text. Texts are made when asked for, since few sessions ask.
public interface Peer {
  /// The client's address, such as `192.0.2.7:51034` or `[2001:db8::1]:443`; `unix:` for a Unix
  /// socket, whose clients have no address.
  String remote();

  /// The client's address without its port, for logs and for limits by client.
  String host();

  /// The server's own address that the client reached.
  String local();
}
