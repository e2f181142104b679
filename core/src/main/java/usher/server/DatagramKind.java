package usher.server;

/// A handler, and what it declares about itself.
record DatagramKind(DatagramHandler handler, boolean blocks, int longest)
    implements DatagramHandler {
  DatagramKind {
    if (longest < 0 || longest > LONGEST) {
      throw new IllegalArgumentException(
          "a datagram has from 0 to " + LONGEST + " bytes, not " + longest);
    }
  }

  @Override
  public void handle(Datagram datagram) throws Exception {
    handler.handle(datagram);
  }
}
