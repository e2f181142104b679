package usher.lab.subject;

import java.util.Optional;
import java.util.OptionalLong;
import usher.lab.proc.Usage;

/// A server that was there before and stays: nothing is known of it but what it answers.
///
/// @param name what it is called in the results
/// @param address where it listens, `tcp:host:port`
public record ForeignSubject(String name, String address) implements Subject {
  @Override
  public Optional<Usage> usage() {
    return Optional.empty();
  }

  @Override
  public OptionalLong heap() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {}
}
