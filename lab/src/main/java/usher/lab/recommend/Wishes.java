package usher.lab.recommend;

import java.util.OptionalDouble;

/// What the user knows and no measurement tells.
///
/// @param isolation a handler may crash, leak or exit, and other clients must not notice
/// @param memory at most this many MiB resident, of the server and its children together
/// @param rate requests a second that must be served within the objective
public record Wishes(boolean isolation, OptionalDouble memory, OptionalDouble rate) {
  /// No wishes: the objective alone counts.
  public static final Wishes NONE =
      new Wishes(false, OptionalDouble.empty(), OptionalDouble.empty());

  public Wishes {
    if (memory.orElse(1) <= 0 || rate.orElse(1) <= 0) {
      throw new IllegalArgumentException("a bound must be over 0: " + memory + ", " + rate);
    }
  }

  /// The same, with isolation or without.
  public Wishes isolated(boolean wanted) {
    return new Wishes(wanted, memory, rate);
  }

  /// The same, with this bound on memory or none.
  public Wishes within(OptionalDouble mebibytes) {
    return new Wishes(isolation, mebibytes, rate);
  }

  /// The same, at this rate or any.
  public Wishes at(OptionalDouble requestsPerSecond) {
    return new Wishes(isolation, memory, requestsPerSecond);
  }
}
