package usher.lab.subject;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import usher.lab.proc.Usage;

/// A server that is measured, from outside.
public interface Subject extends AutoCloseable {
  /// As in the results: a model's name, or what a server that was there is called.
  String name();

  /// Where it listens, as the load generator wants it: `tcp:127.0.0.1:8080`.
  String address();

  /// What it has used so far, where that can be seen: a server elsewhere tells nothing.
  Optional<Usage> usage() throws IOException;

  /// Bytes that live on its heap, after a collection, where that can be asked.
  OptionalLong heap() throws IOException;

  @Override
  void close();
}
