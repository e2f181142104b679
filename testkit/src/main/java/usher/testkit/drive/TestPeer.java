package usher.testkit.drive;

import usher.session.Peer;

/// The peer of a rehearsal: addresses of the range that is kept for documents.
enum TestPeer implements Peer {
  INSTANCE;

  @Override
  public String remote() {
    return "192.0.2.7:51034";
  }

  @Override
  public String host() {
    return "192.0.2.7";
  }

  @Override
  public String local() {
    return "192.0.2.1:80";
  }
}
